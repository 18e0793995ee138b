using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>Puts a clean letter into the order and words of a mail.</summary>
internal static class ComposePage
{
    /// <param name="reader">Who gets a copy of it; null for the addressee's own.</param>
    public static EmailPage Compose(NoticeContent content, Language language, string? reader = null)
    {
        var formatter = new PhraseFormatter(content, language);
        var phrases = language.Letters[content.Tone];
        var common = language.Common;
        var only = content.Invoices.Count == 1 ? content.Invoices[0] : null;
        var asks = content.AsksForMoney();
        return new EmailPage
        {
            Language = PageLanguage.From(language),
            Subject = Subject(content, language, formatter, reader),
            Preheader = Preheader(content, language, formatter),
            Company = formatter.Of(TextSpan.Own(content.From.Company)),
            CopyNote = reader is null ? null : formatter.Format(common.CopyNote),
            Heading = formatter.Format(phrases.Heading),
            Greeting = reader is null
                ? formatter.Format(common.Greeting)
                : formatter.Format(common.Greeting, "name", TextSpan.Own(reader)),
            Opening = only is null ? formatter.Format(phrases.Openings) : formatter.Format(phrases.Opening),
            ToDo = content is { Tone: NoticeTone.FollowUp, FollowUp: { } task }
                ? formatter.Of(TextSpan.Own(task))
                : null,
            AmountLabel = language.Labels[AmountLabel(content.Tone, LabelKey.AmountDue)],
            RowAmountLabel = language.Labels[AmountLabel(content.Tone, LabelKey.OpenAmount)],
            Amounts = [.. formatter.Sums.Select(formatter.Money)],
            PayLink = asks ? only?.PaymentUrl : null,
            PayAmount = formatter.Format(common.PayAmount),
            DocumentLink = only?.DocumentUrl,
            Details = InvoiceLines.Details(content, language, formatter),
            Invoices = only is null ? [.. content.Invoices.Select(i => InvoiceLines.Row(i, content, formatter))] : [],
            Banks = asks ? BankLines.Create(content, language, formatter) : [],
            Request = formatter.Format(phrases.Ask),
            Disputed = [.. content.Disputed.Select(i => InvoiceLines.DisputedRow(i, formatter))],
            History = [.. content.History.Select(h => History(h, formatter))],
            AlreadyPaid = asks ? formatter.Format(common.AlreadyPaid) : null,
            Questions = asks ? formatter.Format(common.Questions) : null,
            Signature = content.Tone == NoticeTone.FollowUp ? null : Signature(content.From, formatter, common),
        };
    }

    private static string Subject(NoticeContent content, Language language, PhraseFormatter formatter, string? reader)
    {
        var phrases = language.Letters[content.Tone];
        var subject = (
            content.Invoices.Count == 1 ? formatter.Format(phrases.Subject) : formatter.Format(phrases.Subjects)
        ).ToPlain();
        return reader is null
            ? subject
            : formatter.Format(language.Common.CopySubject, "subject", new TextSpan(subject)).ToPlain();
    }

    /// <summary>What a mail client shows after the subject.</summary>
    private static Sentence Preheader(NoticeContent content, Language language, PhraseFormatter formatter) =>
        (content.AsksForMoney(), content.Invoices.Count) switch
        {
            (true, 1) => formatter.Format(language.Common.Preheader),
            (true, _) => formatter.Format(language.Common.Preheaders),
            (false, 1) => formatter.Format(language.Letters[content.Tone].Opening),
            (false, _) => formatter.Format(language.Letters[content.Tone].Openings),
        };

    private static LabelKey AmountLabel(NoticeTone kind, LabelKey asked) =>
        kind switch
        {
            NoticeTone.ThankYou => LabelKey.AmountReceived,
            NoticeTone.FollowUp => LabelKey.OpenAmount,
            _ => asked,
        };

    private static PageHistory History(LetterHistory past, PhraseFormatter formatter) =>
        new(formatter.Date(past.On), formatter.Of(TextSpan.Own(past.Channel)), formatter.Of(TextSpan.Own(past.What)));

    private static PageSignature Signature(Sender from, PhraseFormatter formatter, CommonPhrases common) =>
        new(
            formatter.Format(common.SignOff),
            from.Person is { } person ? formatter.Of(TextSpan.Own(person)) : null,
            formatter.Of(TextSpan.Own(from.Company)),
            from.Phone is { } phone ? formatter.Of(TextSpan.Ltr(phone)) : null,
            from.Phone is { } number ? string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+')) : null,
            formatter.Of(TextSpan.Ltr(from.Email)),
            from.Email
        );
}
