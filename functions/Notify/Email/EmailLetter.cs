namespace Dunning.Notify.Email;

/// <summary>Turns a letter into a mail.</summary>
public static class EmailLetter
{
    public static EmailText Render(Letter letter) => Render(letter, Language.For(letter.Language));

    public static EmailText Render(Letter letter, Language language) => Write(letter, language, reader: null);

    /// <summary>The same mail for somebody else to read, greeted by name and told why; in the letter's language, so set that to the reader's.</summary>
    public static EmailText RenderCopy(Letter letter, string readerName) =>
        Write(letter, Language.For(letter.Language), IncomingText.Clean(readerName));

    private static EmailText Write(Letter letter, Language language, string? reader)
    {
        LetterRules.Check(letter);
        var page = ComposePage.Of(letter.Cleaned(), language, reader);
        return new EmailText(page.Subject, LetterTemplates.Html(page), LetterTemplates.Plain(page));
    }
}
