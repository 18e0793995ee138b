using Dunning.Book;

namespace Dunning.Notify.Email;

/// <summary>Puts a clean letter into the order and words of a mail.</summary>
public static class ComposePage
{
    /// <param name="reader">Who gets a copy of it; null for the addressee's own.</param>
    public static EmailPage Of(Letter letter, Language language, string? reader = null)
    {
        var words = new LetterWords(letter, language);
        var phrases = language.Letters[letter.Kind];
        var common = language.Common;
        var only = letter.Invoices.Count == 1 ? letter.Invoices[0] : null;
        var asks = letter.AsksForMoney();
        return new EmailPage
        {
            Language = PageLanguage.Of(language),
            Subject = Subject(letter, language, words, reader),
            Preheader = Preheader(letter, language, words),
            Company = words.Of(Run.Own(letter.From.Company)),
            CopyNote = reader is null ? null : words.Say(common.CopyNote),
            Heading = words.Say(phrases.Heading),
            Greeting = reader is null ? words.Say(common.Greeting) : words.Say(common.Greeting, "name", Run.Own(reader)),
            Opening = only is null ? words.Say(phrases.Openings) : words.Say(phrases.Opening),
            ToDo = letter is { Kind: LetterKind.Task, Task: { } task } ? words.Of(Run.Own(task)) : null,
            AmountLabel = language.Labels[AmountLabel(letter.Kind, Label.AmountDue)],
            RowAmountLabel = language.Labels[AmountLabel(letter.Kind, Label.OpenAmount)],
            Amounts = [.. words.Sums.Select(words.Money)],
            PayLink = asks ? only?.PaymentUrl : null,
            PayAmount = words.Say(common.PayAmount),
            DocumentLink = only?.DocumentUrl,
            Details = InvoiceLines.Details(letter, language, words),
            Invoices = only is null ? [.. letter.Invoices.Select(i => InvoiceLines.Row(i, letter, words))] : [],
            Banks = asks ? BankLines.Of(letter, language, words) : [],
            Ask = words.Say(phrases.Ask),
            Disputed = [.. letter.Disputed.Select(i => InvoiceLines.DisputedRow(i, words))],
            History = [.. letter.History.Select(h => History(h, words))],
            AlreadyPaid = asks ? words.Say(common.AlreadyPaid) : null,
            Questions = asks ? words.Say(common.Questions) : null,
            Signature = letter.Kind == LetterKind.Task ? null : Signature(letter.From, words, common),
        };
    }

    private static string Subject(Letter letter, Language language, LetterWords words, string? reader)
    {
        var phrases = language.Letters[letter.Kind];
        var subject = (letter.Invoices.Count == 1 ? words.Say(phrases.Subject) : words.Say(phrases.Subjects)).ToPlain();
        return reader is null ? subject : words.Say(language.Common.CopySubject, "subject", new Run(subject)).ToPlain();
    }

    /// <summary>What a mail client shows after the subject.</summary>
    private static Sentence Preheader(Letter letter, Language language, LetterWords words) => (letter.AsksForMoney(), letter.Invoices.Count) switch
    {
        (true, 1) => words.Say(language.Common.Preheader),
        (true, _) => words.Say(language.Common.Preheaders),
        (false, 1) => words.Say(language.Letters[letter.Kind].Opening),
        (false, _) => words.Say(language.Letters[letter.Kind].Openings),
    };

    private static Label AmountLabel(LetterKind kind, Label asked) => kind switch
    {
        LetterKind.ThankYou => Label.AmountReceived,
        LetterKind.Task => Label.OpenAmount,
        _ => asked,
    };

    private static PageHistory History(LetterHistory past, LetterWords words) =>
        new(words.Date(past.On), words.Of(Run.Own(past.Channel)), words.Of(Run.Own(past.What)));

    private static PageSignature Signature(Sender from, LetterWords words, CommonPhrases common) => new(
        words.Say(common.SignOff),
        from.Person is { } person ? words.Of(Run.Own(person)) : null,
        words.Of(Run.Own(from.Company)),
        from.Phone is { } phone ? words.Of(Run.Ltr(phone)) : null,
        from.Phone is { } number ? string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+')) : null,
        words.Of(Run.Ltr(from.Email)),
        from.Email);
}
