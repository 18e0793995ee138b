using Dunning.Book;

namespace Dunning.Notify.Email;

/// <summary>How an invoice is shown: as details when it is the only one, as a row when there are several.</summary>
public static class InvoiceLines
{
    public static IReadOnlyList<PageDetail> Details(Letter letter, Language language, LetterWords words)
    {
        var lines = letter.Kind == LetterKind.Task ? [(Label.Customer, words.Of(Run.Own(letter.CustomerName)))] : new List<(Label, Sentence)>();
        if (letter.Invoices.Count == 1) lines.AddRange(OnlyInvoice(letter, letter.Invoices[0], words));
        if (letter.PayBy is { } payBy && letter.AsksForMoney()) lines.Add((Label.PayBy, words.Date(payBy)));
        return [.. lines.Select(line => new PageDetail(language.Labels[line.Item1], line.Item2))];
    }

    public static PageInvoice Row(LetterInvoice invoice, Letter letter, LetterWords words)
    {
        var thanks = letter.Kind == LetterKind.ThankYou;
        return new(
            words.Of(Run.Ltr(invoice.Number)),
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
    public static PageInvoice DisputedRow(LetterInvoice invoice, LetterWords words) => new(
        words.Of(Run.Ltr(invoice.Number)),
        words.ShortDate(invoice.IssueDate),
        words.ShortDate(invoice.DueDate),
        Status: null,
        IsLate: false,
        words.Money(invoice.Open),
        Order: Order(invoice, words),
        DocumentLink: invoice.DocumentUrl);

    private static IEnumerable<(Label, Sentence)> OnlyInvoice(Letter letter, LetterInvoice invoice, LetterWords words)
    {
        yield return (Label.InvoiceNumber, words.Of(Run.Ltr(invoice.Number)));
        yield return (Label.Issued, words.Date(invoice.IssueDate));
        yield return (Label.DueDate, letter.Kind == LetterKind.ThankYou ? words.Date(invoice.DueDate) : DueWithStatus(invoice, words));
        if (Order(invoice, words) is { } order) yield return (Label.OrderReference, order);
        if (letter.Kind == LetterKind.ThankYou || !IsPartPaid(invoice)) yield break;
        yield return (Label.InvoiceAmount, words.Money(invoice.Open + invoice.Paid));
        yield return (Label.PaidSoFar, words.Money(invoice.Paid));
        yield return (Label.Remaining, words.Money(invoice.Open));
    }

    private static Sentence DueWithStatus(LetterInvoice invoice, LetterWords words)
    {
        var due = words.Date(invoice.DueDate);
        return due with { Runs = [.. due.Runs, new Run(" ("), .. words.Status(invoice).Runs, new Run(")")] };
    }

    private static bool IsPartPaid(LetterInvoice invoice) => invoice.Paid.IsPositive && invoice.Open.IsPositive;

    private static Sentence? Order(LetterInvoice invoice, LetterWords words) =>
        invoice.OrderReference is { } order ? words.Of(Run.Ltr(order)) : null;
}
