using Dunning.Dashboard.InvoicePages;
using Dunning.Forecast;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>A customer in a list, with the open invoices, most overdue first.</summary>
public sealed record CustomerRow(CustomerAccount Account, IReadOnlyList<InvoiceRow> Invoices)
{
    public Customer Customer => Account.Customer.Value;

    /// <summary>Per currency; amounts are never converted.</summary>
    public IReadOnlyList<CurrencyBalance> Balances { get; } =
    [
        .. Invoices
            .GroupBy(row => row.Invoice.OpenAmount.Currency)
            .OrderBy(currency => currency.Key, StringComparer.Ordinal)
            .Select(currency => CurrencyBalance.Create([.. currency])),
    ];

    public int OldestDaysLate => Invoices.Count == 0 ? 0 : Invoices.Max(row => row.DaysLate);

    /// <summary>
    /// The earliest message; without any, the reason for the oldest invoice. Null without open invoices.
    /// </summary>
    public InvoiceForecast? Forecast =>
        Invoices.Select(row => row.Forecast).Where(forecast => forecast?.Next is not null).MinBy(f => f!.Next!.At)
        ?? (Invoices.Count > 0 ? Invoices[0].Forecast : null);

    /// <summary>With the forecast of each invoice.</summary>
    internal CustomerRow LookAhead(CustomerForecast forecast) =>
        new(
            Account,
            [
                .. Invoices.Select(row =>
                    row with
                    {
                        Forecast = forecast.Invoices.FirstOrDefault(one => one.Invoice == row.Invoice.Id),
                    }
                ),
            ]
        );

    internal static CustomerRow Create(DunningRules rules, DateTimeOffset now, CustomerAccount account) =>
        new(
            account,
            [
                .. account
                    .Invoices.Select(invoice => InvoiceRow.Create(rules, now, account, invoice.Value))
                    .OrderByDescending(row => row.DaysLate),
            ]
        );
}

/// <param name="Overdue">A part of <paramref name="Open"/>, as the two that follow.</param>
public sealed record CurrencyBalance(Money Open, Money Overdue, Money Promised, Money Disputed)
{
    internal static CurrencyBalance Create(IReadOnlyList<InvoiceRow> rows)
    {
        var zero = Money.Zero(rows[0].Invoice.OpenAmount.Currency);
        return new(
            Sum(row => row.Invoice.OpenAmount),
            Sum(row => row.DaysLate > 0 ? row.Invoice.OpenAmount : zero),
            Sum(row => row.Invoice.PromisedAmount),
            Sum(row => row.Invoice.DisputedAmount)
        );

        Money Sum(Func<InvoiceRow, Money> amount) => rows.Select(amount).Aggregate(zero, (sum, part) => sum + part);
    }
}
