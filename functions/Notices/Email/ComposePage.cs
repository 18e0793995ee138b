using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using static Dunning.Notices.Letters.LetterRules;

namespace Dunning.Notices.Email;

/// <summary>Renders sanitized content into the texts of an email page.</summary>
internal static class ComposePage
{
    public static EmailPage Compose(NoticeContent content, Language language)
    {
        var formatter = new PhraseFormatter(content, language);
        var phrases = language.Letters[content.Tone];
        var common = language.Common;
        var onlyInvoice = content.Invoices.Count == 1 ? content.Invoices[0] : null;
        var asksForMoney = content.AsksForMoney();
        return new EmailPage
        {
            Language = PageLanguage.From(language),
            Subject = (
                onlyInvoice is null ? formatter.Format(phrases.Subjects) : formatter.Format(phrases.Subject)
            ).ToPlain(),
            Preheader = Preheader(content, language, formatter),
            Company = formatter.FromSpan(TextSpan.FirstStrong(content.From.Company)),
            Heading = formatter.Format(phrases.Heading),
            Greeting = formatter.Format(common.Greeting),
            Opening = onlyInvoice is null ? formatter.Format(phrases.Openings) : formatter.Format(phrases.Opening),
            ToDo = content is { Tone: NoticeTone.FollowUp, FollowUp: { } followUp }
                ? formatter.FromSpan(TextSpan.FirstStrong(followUp))
                : null,
            AmountLabel = language.Labels[AmountLabel(content.Tone, LabelKey.AmountDue)],
            RowAmountLabel = language.Labels[AmountLabel(content.Tone, LabelKey.OpenAmount)],
            Amounts = [.. formatter.Totals.Select(formatter.Money)],
            PayLink = asksForMoney ? onlyInvoice?.PaymentUrl : null,
            PayAmount = formatter.Format(common.PayAmount),
            DocumentLink = onlyInvoice?.DocumentUrl,
            Details = InvoiceLines.Details(content, language, formatter),
            Invoices = onlyInvoice is null
                ? [.. content.Invoices.Take(MaxListed).Select(i => InvoiceLines.Row(i, content, formatter))]
                : [],
            MoreInvoices = More(content.Invoices, content, language),
            Banks = asksForMoney ? BankLines.Create(content, language, formatter) : [],
            AskForAccount =
                asksForMoney && content.Invoices.Any(invoice => !HasWayToPay(invoice))
                    ? formatter.Format(common.AskForAccount)
                    : null,
            Request = formatter.Format(phrases.Request),
            Disputed = [.. content.Disputed.Take(MaxListed).Select(i => InvoiceLines.DisputedRow(i, formatter))],
            MoreDisputed = More(content.Disputed, content, language),
            History = [.. content.History.Select(h => History(h, formatter))],
            AlreadyPaid = asksForMoney ? formatter.Format(common.AlreadyPaid) : null,
            Questions = asksForMoney ? formatter.Format(common.Questions) : null,
            Signature = content.Tone == NoticeTone.FollowUp ? null : Signature(content.From, formatter, common),
        };
    }

    /// <summary>Of a list that is cut, how many more there are and their sum.</summary>
    private static Sentence? More(IReadOnlyList<LetterInvoice> all, NoticeContent content, Language language) =>
        all.Count > MaxListed
            ? new PhraseFormatter(content with { Invoices = [.. all.Skip(MaxListed)] }, language).Format(
                language.Common.MoreInvoices
            )
            : null;

    private static bool HasWayToPay(LetterInvoice invoice) =>
        invoice is { PaymentUrl: not null } or { Bank.NamesAccount: true };

    /// <summary>The preview text that mail clients show after the subject.</summary>
    private static Sentence Preheader(NoticeContent content, Language language, PhraseFormatter formatter) =>
        (content.AsksForMoney(), content.Invoices.Count) switch
        {
            (true, 1) => formatter.Format(language.Common.Preheader),
            (true, _) => formatter.Format(language.Common.Preheaders),
            (false, 1) => formatter.Format(language.Letters[content.Tone].Opening),
            (false, _) => formatter.Format(language.Letters[content.Tone].Openings),
        };

    private static LabelKey AmountLabel(NoticeTone tone, LabelKey otherwise) =>
        tone switch
        {
            NoticeTone.ThankYou => LabelKey.AmountReceived,
            NoticeTone.FollowUp => LabelKey.OpenAmount,
            _ => otherwise,
        };

    public static PageHistory History(LetterHistory history, PhraseFormatter formatter) =>
        new(
            formatter.Date(history.On),
            formatter.FromSpan(TextSpan.FirstStrong(history.Channel)),
            formatter.FromSpan(TextSpan.FirstStrong(history.What))
        );

    private static PageSignature Signature(Sender from, PhraseFormatter formatter, CommonPhrases common) =>
        new(
            formatter.Format(common.SignOff),
            from.Person is { } person ? formatter.FromSpan(TextSpan.FirstStrong(person)) : null,
            formatter.FromSpan(TextSpan.FirstStrong(from.Company)),
            from.Phone is { } phone ? formatter.FromSpan(TextSpan.Ltr(phone)) : null,
            from.Phone is { } number ? string.Concat(number.Where(c => char.IsAsciiDigit(c) || c == '+')) : null,
            formatter.FromSpan(TextSpan.Ltr(from.Email)),
            from.Email,
            from.Address is { Count: > 0 } lines
                ? formatter.FromSpan(TextSpan.FirstStrong(string.Join(", ", lines)))
                : null,
            from.TaxId is { } taxId ? formatter.FromSpan(TextSpan.Ltr(taxId)) : null
        );
}
