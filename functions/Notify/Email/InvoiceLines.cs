using Dunning.Book;

namespace Dunning.Notify.Email;

/// <summary>How an invoice is shown: as details when it is the only one, as a row when there are several.</summary>
public static class InvoiceLines
{
    public static IReadOnlyList<PageDetail> Details(NoticeContent letter, Language language, PhraseFormatter words)
    {
        var lines = letter.Kind == NoticeTone.FollowUp ? [(LabelKey.Customer, words.Of(TextSpan.Own(letter.CustomerName)))] : new List<(LabelKey, Sentence)>();
        if (letter.Invoices.Count == 1) lines.AddRange(OnlyInvoice(letter, letter.Invoices[0], words));
        if (letter.PayBy is { } payBy && letter.AsksForMoney()) lines.Add((LabelKey.PayBy, words.Date(payBy)));
        return [.. lines.Select(line => new PageDetail(language.Labels[line.Item1], line.Item2))];
    }

    public static PageInvoice Row(LetterInvoice invoice, NoticeContent letter, PhraseFormatter words)
    {
        var thanks = letter.Kind == NoticeTone.ThankYou;
        return new(
            words.Of(TextSpan.Ltr(invoice.Number)),
            words.ShortDate(invoice.IssueDate),
            words.ShortDate(invoice.DueDate),
            thanks ? null : words.Status(invoice),
            !thanks && invoice.DaysOverdue(letter.Today) > 0,
            words.Money(words.Matter(invoice)),
            IsPartPaid(invoice) && !thanks ? words.Money(invoice.Paid) : null,
            Order(invoice, words),
            letter.AsksForMoney() ? invoice.PaymentUrl : null,
            invoice.DocumentUrl);
    }

    /// <summary>Without a way to pay: it is not asked for.</summary>
    public static PageInvoice DisputedRow(LetterInvoice invoice, PhraseFormatter words) => new(
        words.Of(TextSpan.Ltr(invoice.Number)),
        words.ShortDate(invoice.IssueDate),
        words.ShortDate(invoice.DueDate),
        Status: null,
        IsLate: false,
        words.Money(invoice.Open),
        Order: Order(invoice, words),
        DocumentLink: invoice.DocumentUrl);

    private static IEnumerable<(LabelKey, Sentence)> OnlyInvoice(NoticeContent letter, LetterInvoice invoice, PhraseFormatter words)
    {
        yield return (LabelKey.InvoiceNumber, words.Of(TextSpan.Ltr(invoice.Number)));
        yield return (LabelKey.Issued, words.Date(invoice.IssueDate));
        yield return (LabelKey.DueDate, letter.Kind == NoticeTone.ThankYou ? words.Date(invoice.DueDate) : DueWithStatus(invoice, words));
        if (Order(invoice, words) is { } order) yield return (LabelKey.OrderReference, order);
        if (letter.Kind == NoticeTone.ThankYou || !IsPartPaid(invoice)) yield break;
        yield return (LabelKey.InvoiceAmount, words.Money(invoice.Open + invoice.Paid));
        yield return (LabelKey.PaidSoFar, words.Money(invoice.Paid));
        yield return (LabelKey.Remaining, words.Money(invoice.Open));
    }

    private static Sentence DueWithStatus(LetterInvoice invoice, PhraseFormatter words)
    {
        var due = words.Date(invoice.DueDate);
        return due with { Runs = [.. due.Runs, new TextSpan(" ("), .. words.Status(invoice).Runs, new TextSpan(")")] };
    }

    private static bool IsPartPaid(LetterInvoice invoice) => invoice.Paid.IsPositive && invoice.Open.IsPositive;

    private static Sentence? Order(LetterInvoice invoice, PhraseFormatter words) =>
        invoice.OrderReference is { } order ? words.Of(TextSpan.Ltr(order)) : null;
}
