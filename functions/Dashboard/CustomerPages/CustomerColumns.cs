using Dunning.Dashboard.Layout;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>
/// The columns of an exported list of customers, one row for each currency: amounts are never converted or added.
/// </summary>
internal static class CustomerColumns
{
    public static readonly IReadOnlyList<CsvColumn<(CustomerRow Row, CurrencyBalance? Balance)>> All =
    [
        new("customer", line => line.Row.Customer.Name),
        new("customerId", line => line.Row.Customer.Id),
        new("externalId", line => line.Row.Customer.ExternalId),
        new("email", line => line.Row.Customer.EmailAddress),
        new("phone", line => line.Row.Customer.PhoneNumber),
        new("currency", line => line.Balance?.Open.Currency),
        new("open", line => line.Balance?.Open),
        new("overdue", line => line.Balance?.Overdue),
        new("promised", line => line.Balance?.Promised),
        new("disputed", line => line.Balance?.Disputed),
        new("daysLate", line => line.Row.OldestDaysLate),
        new("nextMessage", line => line.Row.Forecast?.Next?.On),
        new("whyNone", line => Forecasts.SilenceOf(line.Row.Forecast)),
    ];

    public static IEnumerable<(CustomerRow Row, CurrencyBalance? Balance)> Lines(IEnumerable<CustomerRow> rows) =>
        rows.SelectMany(row =>
            row.Balances.Count == 0
                ? [(row, (CurrencyBalance?)null)]
                : row.Balances.Select(balance => (row, (CurrencyBalance?)balance))
        );
}
