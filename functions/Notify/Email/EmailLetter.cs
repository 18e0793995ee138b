namespace Dunning.Notify.Email;

/// <summary>Turns a letter into a mail.</summary>
public static class EmailLetter
{
    public static EmailText Render(NoticeContent letter) => Render(letter, Language.For(letter.Language));

    public static EmailText Render(NoticeContent letter, Language language) => Write(letter, language, reader: null);

    /// <summary>The same mail for somebody else to read, greeted by name and told why; in the letter's language, so set that to the reader's.</summary>
    public static EmailText RenderCopy(NoticeContent letter, string readerName) =>
        Write(letter, Language.For(letter.Language), UntrustedText.Clean(readerName));

    private static EmailText Write(NoticeContent letter, Language language, string? reader)
    {
        LetterRules.Check(letter);
        var page = ComposePage.Of(letter.Cleaned(), language, reader);
        return new EmailText(page.Subject, LetterTemplates.Html(page), LetterTemplates.Plain(page));
    }
}
