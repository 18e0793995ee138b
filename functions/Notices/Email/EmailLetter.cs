using Dunning.Notices.Letters;
using Dunning.Notices.Localization;

namespace Dunning.Notices.Email;

/// <summary>Renders the content of a notice as an email.</summary>
internal static class EmailLetter
{
    /// <exception cref="ArgumentException">The content has no invoice, or a final reminder has no date.</exception>
    public static EmailText Render(NoticeContent content) => Render(content, Language.For(content.Language));

    public static EmailText Render(NoticeContent content, Language language)
    {
        LetterRules.Check(content);
        return Write(ComposePage.Compose(content.Cleaned(), language));
    }

    /// <summary>
    /// A copy for another recipient: a note to the reader, and below it the message as the customer got it.
    /// </summary>
    public static EmailText RenderCopy(NoticeContent content, CopyNote note)
    {
        LetterRules.Check(content);
        var cleaned = content.Cleaned();
        var quoted = ComposePage.Compose(cleaned, Language.For(content.Language));
        return Write(ComposeCopy.Compose(quoted, cleaned, note.Cleaned(), Language.For(note.Language)));
    }

    private static EmailText Write(EmailPage page) =>
        new EmailText(page.Subject, LetterTemplates.Html(page), LetterTemplates.Plain(page));
}
