using Dunning.Notices.Letters;
using Dunning.Notices.Localization;

namespace Dunning.Notices.Email;

/// <summary>Renders the content of a notice as an email.</summary>
internal static class EmailLetter
{
    /// <exception cref="ArgumentException">The content has no invoice, or a final reminder has no date.</exception>
    public static EmailText Render(NoticeContent content) => Render(content, Language.For(content.Language));

    public static EmailText Render(NoticeContent content, Language language) =>
        Write(content, language, copyReader: null);

    /// <summary>
    /// The same email as a copy for another recipient, with that name in the greeting and a note that it is a copy.
    /// Rendered in the content's language: set that to the recipient's.
    /// </summary>
    public static EmailText RenderCopy(NoticeContent content, string readerName) =>
        Write(content, Language.For(content.Language), UntrustedText.Clean(readerName));

    private static EmailText Write(NoticeContent content, Language language, string? copyReader)
    {
        LetterRules.Check(content);
        var page = ComposePage.Compose(content.Cleaned(), language, copyReader);
        return new EmailText(page.Subject, LetterTemplates.Html(page), LetterTemplates.Plain(page));
    }
}
