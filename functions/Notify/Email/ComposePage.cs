using Dunning.Book;

namespace Dunning.Notify.Email;

/// <summary>Puts a clean letter into the order and words of a mail.</summary>
public static class ComposePage
{
    /// <param name="reader">Who gets a copy of it; null for the addressee's own.</param>
    public static EmailPage Of(NoticeContent letter, Language language, string? reader = null)
    {
        var words = new PhraseFormatter(letter, language);
        var phrases = language.Letters[letter.Kind];
        var common = language.Common;
        var only = letter.Invoices.Count == 1 ? letter.Invoices[0] : null;
        var asks = letter.AsksForMoney();
        return new EmailPage
        {
            Language = PageLanguage.Of(language),
            Subject = Subject(letter, language, words, reader),
            Preheader = Preheader(letter, language, words),
            Company = words.Of(TextSpan.Own(letter.From.Company)),
            CopyNote = reader is null ? null : words.Format(common.CopyNote),
            Heading = words.Format(phrases.Heading),
            Greeting = reader is null ? words.Format(common.Greeting) : words.Format(common.Greeting, "name", TextSpan.Own(reader)),
            Opening = only is null ? words.Format(phrases.Openings) : words.Format(phrases.Opening),
            ToDo = letter is { Kind: NoticeTone.FollowUp, FollowUp: { } task } ? words.Of(TextSpan.Own(task)) : null,
            AmountLabel = language.Labels[AmountLabel(letter.Kind, LabelKey.AmountDue)],
            RowAmountLabel = language.Labels[AmountLabel(letter.Kind, LabelKey.OpenAmount)],
            Amounts = [.. words.Sums.Select(words.Money)],
            PayLink = asks ? only?.PaymentUrl : null,
            PayAmount = words.Format(common.PayAmount),
            DocumentLink = only?.DocumentUrl,
            Details = InvoiceLines.Details(letter, language, words),
            Invoices = only is null ? [.. letter.Invoices.Select(i => InvoiceLines.Row(i, letter, words))] : [],
            Banks = asks ? BankLines.Of(letter, language, words) : [],
            Request = words.Format(phrases.Ask),
            Disputed = [.. letter.Disputed.Select(i => InvoiceLines.DisputedRow(i, words))],
            History = [.. letter.History.Select(h => History(h, words))],
            AlreadyPaid = asks ? words.Format(common.AlreadyPaid) : null,
            Questions = asks ? words.Format(common.Questions) : null,
            Signature = letter.Kind == NoticeTone.FollowUp ? null : Signature(letter.From, words, common),
        };
    }

    private static string Subject(NoticeContent letter, Language language, PhraseFormatter words, string? reader)
    {
        var phrases = language.Letters[letter.Kind];
        var subject = (letter.Invoices.Count == 1 ? words.Format(phrases.Subject) : words.Format(phrases.Subjects)).ToPlain();
        return reader is null ? subject : words.Format(language.Common.CopySubject, "subject", new TextSpan(subject)).ToPlain();
    }

    /// <summary>What a mail client shows after the subject.</summary>
    private static Sentence Preheader(NoticeContent letter, Language language, PhraseFormatter words) => (letter.AsksForMoney(), letter.Invoices.Count) switch
    {
        (true, 1) => words.Format(language.Common.Preheader),
        (true, _) => words.Format(language.Common.Preheaders),
        (false, 1) => words.Format(language.Letters[letter.Kind].Opening),
        (false, _) => words.Format(language.Letters[letter.Kind].Openings),
    };

    private static LabelKey AmountLabel(NoticeTone kind, LabelKey asked) => kind switch
    {
        NoticeTone.ThankYou => LabelKey.AmountReceived,
        NoticeTone.FollowUp => LabelKey.OpenAmount,
        _ => asked,
    };

    private static PageHistory History(LetterHistory past, PhraseFormatter words) =>
        new(words.Date(past.On), words.Of(TextSpan.Own(past.Channel)), words.Of(TextSpan.Own(past.What)));

    private static PageSignature Signature(Sender from, PhraseFormatter words, CommonPhrases common) => new(
        words.Format(common.SignOff),
        from.Person is { } person ? words.Of(TextSpan.Own(person)) : null,
        words.Of(TextSpan.Own(from.Company)),
        from.Phone is { } phone ? words.Of(TextSpan.Ltr(phone)) : null,
        from.Phone is { } number ? string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+')) : null,
        words.Of(TextSpan.Ltr(from.Email)),
        from.Email);
}
