using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>Renders an invoice as details when it is the only one, and as a table row when there are several.</summary>
internal static class InvoiceLines
{
    public static IReadOnlyList<PageDetail> Details(NoticeContent content, Language language, PhraseFormatter formatter)
    {
        var lines =
            content.Tone == NoticeTone.FollowUp
                ? [(LabelKey.Customer, formatter.FromSpan(TextSpan.FirstStrong(content.CustomerName)))]
                : new List<(LabelKey, Sentence)>();
        if (content.Invoices.Count == 1)
            lines.AddRange(OnlyInvoice(content, content.Invoices[0], formatter));
        if (content.PayBy is { } payBy && content.AsksForMoney())
            lines.Add((LabelKey.PayBy, formatter.Date(payBy)));
        return [.. lines.Select(line => new PageDetail(language.Labels[line.Item1], line.Item2))];
    }

    public static PageInvoice Row(LetterInvoice invoice, NoticeContent content, PhraseFormatter formatter)
    {
        var isThankYou = content.Tone == NoticeTone.ThankYou;
        return new(
            formatter.FromSpan(TextSpan.Ltr(invoice.Number)),
            formatter.ShortDate(invoice.IssueDate),
            formatter.ShortDate(invoice.DueDate),
            isThankYou ? null : formatter.Status(invoice),
            !isThankYou && invoice.DaysOverdue(content.Today) > 0,
            formatter.Money(formatter.RelevantAmount(invoice)),
            IsPartPaid(invoice) && !isThankYou ? formatter.Money(invoice.Paid) : null,
            Order(invoice, formatter),
            content.AsksForMoney() ? invoice.PaymentUrl : null,
            invoice.DocumentUrl,
            content.AsksForMoney() ? BankLines.ReferenceOf(invoice, content, formatter) : null
        );
    }

    /// <summary>Without a payment link, because the invoice is not demanded.</summary>
    public static PageInvoice DisputedRow(LetterInvoice invoice, PhraseFormatter formatter) =>
        new(
            formatter.FromSpan(TextSpan.Ltr(invoice.Number)),
            formatter.ShortDate(invoice.IssueDate),
            formatter.ShortDate(invoice.DueDate),
            Status: null,
            IsLate: false,
            formatter.Money(invoice.OpenAmount),
            Order: Order(invoice, formatter),
            DocumentLink: invoice.DocumentUrl
        );

    private static IEnumerable<(LabelKey, Sentence)> OnlyInvoice(
        NoticeContent content,
        LetterInvoice invoice,
        PhraseFormatter formatter
    )
    {
        yield return (LabelKey.InvoiceNumber, formatter.FromSpan(TextSpan.Ltr(invoice.Number)));
        yield return (LabelKey.Issued, formatter.Date(invoice.IssueDate));
        yield return (
            LabelKey.DueDate,
            content.Tone == NoticeTone.ThankYou ? formatter.Date(invoice.DueDate) : DueWithStatus(invoice, formatter)
        );
        if (Order(invoice, formatter) is { } order)
            yield return (LabelKey.OrderReference, order);
        if (content.Tone == NoticeTone.ThankYou || !IsPartPaid(invoice))
            yield break;
        yield return (LabelKey.InvoiceAmount, formatter.Money(invoice.OpenAmount + invoice.Paid));
        yield return (LabelKey.PaidSoFar, formatter.Money(invoice.Paid));
        yield return (LabelKey.Remaining, formatter.Money(invoice.OpenAmount));
    }

    private static Sentence DueWithStatus(LetterInvoice invoice, PhraseFormatter formatter)
    {
        var due = formatter.Date(invoice.DueDate);
        return due with
        {
            Spans = [.. due.Spans, new TextSpan(" ("), .. formatter.Status(invoice).Spans, new TextSpan(")")],
        };
    }

    private static bool IsPartPaid(LetterInvoice invoice) => invoice.Paid.IsPositive && invoice.OpenAmount.IsPositive;

    private static Sentence? Order(LetterInvoice invoice, PhraseFormatter formatter) =>
        invoice.OrderReference is { } order ? formatter.FromSpan(TextSpan.Ltr(order)) : null;
}
