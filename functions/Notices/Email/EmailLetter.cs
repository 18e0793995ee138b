using Dunning.Notices.Letters;
using Dunning.Notices.Localization;

namespace Dunning.Notices.Email;

/// <summary>Turns a letter into a mail.</summary>
internal static class EmailLetter
{
    public static EmailText Render(NoticeContent content) => Render(content, Language.For(content.Language));

    public static EmailText Render(NoticeContent content, Language language) => Write(content, language, reader: null);

    /// <summary>
    /// The same mail for somebody else to read, greeted by name and told why; in the letter's language, so set that to
    /// the reader's.
    /// </summary>
    public static EmailText RenderCopy(NoticeContent content, string readerName) =>
        Write(content, Language.For(content.Language), UntrustedText.Clean(readerName));

    private static EmailText Write(NoticeContent content, Language language, string? reader)
    {
        LetterRules.Check(content);
        var page = ComposePage.Compose(content.Cleaned(), language, reader);
        return new EmailText(page.Subject, LetterTemplates.Html(page), LetterTemplates.Plain(page));
    }
}
