using Dunning.Dashboard.InvoicePages;
using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>A customer in a list, with the open invoices, most overdue first.</summary>
public sealed record CustomerRow(Customer Customer, IReadOnlyList<InvoiceRow> Invoices)
{
    /// <summary>Per currency; amounts are never converted.</summary>
    public IReadOnlyList<CurrencyBalance> Balances { get; } =
    [
        .. Invoices
            .GroupBy(row => row.Invoice.OpenAmount.Currency)
            .OrderBy(currency => currency.Key, StringComparer.Ordinal)
            .Select(currency => CurrencyBalance.Create([.. currency])),
    ];

    public int OldestDaysLate => Invoices.Count == 0 ? 0 : Invoices.Max(row => row.DaysLate);

    /// <summary>The earliest message; without any, the reason for the oldest invoice. Null without open invoices.</summary>
    public Outlook? Outlook =>
        Invoices.Where(row => row.Outlook.Tone is not null).MinBy(row => row.Outlook.On)?.Outlook
        ?? (Invoices.Count > 0 ? Invoices[0].Outlook : null);

    internal static CustomerRow Create(DunningContext context, CustomerAccount account) =>
        new(
            context.Customer,
            [
                .. account
                    .Invoices.Select(invoice => InvoiceRow.Create(context, invoice.Value))
                    .OrderByDescending(row => row.DaysLate),
            ]
        );
}

/// <param name="Overdue">A part of <paramref name="Open"/>, as the two that follow.</param>
public sealed record CurrencyBalance(Money Open, Money Overdue, Money Promised, Money Disputed)
{
    internal static CurrencyBalance Create(IReadOnlyList<InvoiceRow> rows)
    {
        return new(
            Sum(row => row.Invoice.OpenAmount),
            Sum(row => row.DaysLate > 0 ? row.Invoice.OpenAmount : null),
            Sum(row => row.Invoice.Agreements.Promise is { } promise ? promise.Amount ?? row.Invoice.OpenAmount : null),
            Sum(row => row.Invoice.Dunning.Dispute is null ? null : row.Invoice.DisputedAmount)
        );

        Money Sum(Func<InvoiceRow, Money?> amount) =>
            rows.Select(amount)
                .OfType<Money>()
                .Aggregate(Money.Zero(rows[0].Invoice.OpenAmount.Currency), (sum, part) => sum + part);
    }
}
