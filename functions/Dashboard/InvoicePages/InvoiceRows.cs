using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Dunning.Receivables.Storage;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>
/// Finds the invoices of a filter, most overdue first. A search that finds no open one looks for a closed invoice with
/// exactly that number.
/// </summary>
public sealed class InvoiceRows(
    OpenAccounts accounts,
    Forecasts forecasts,
    ReceivablesTable receivables,
    Lookup lookup,
    DunningRules rules,
    TimeProvider clock
)
{
    /// <param name="isStopped">All sending is stopped.</param>
    internal async Task<IReadOnlyList<InvoiceRow>> FindAsync(
        InvoiceFilter filter,
        bool isStopped,
        CancellationToken cancellationToken
    )
    {
        var rows = await FindAsync(filter, cancellationToken);
        return filter.Silence.Length == 0 ? rows : [.. LookAhead(rows, isStopped).Where(filter.IsSilentSo)];
    }

    /// <summary>The rows with their forecasts, where they have none yet; one is made for each customer.</summary>
    internal IReadOnlyList<InvoiceRow> LookAhead(IReadOnlyList<InvoiceRow> rows, bool isStopped)
    {
        var found = rows.Where(row => row.Forecast is null)
            .Select(row => row.Account)
            .DistinctBy(account => account.Id)
            .SelectMany(account => forecasts.Create(account, isStopped).Invoices)
            .ToDictionary(forecast => forecast.Invoice);
        return [.. rows.Select(row => row with { Forecast = row.Forecast ?? found.GetValueOrDefault(row.Invoice.Id) })];
    }

    private async Task<IReadOnlyList<InvoiceRow>> FindAsync(InvoiceFilter filter, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = (await accounts.ReadAsync(cancellationToken))
            .SelectMany(account =>
                account.Invoices.Select(invoice => InvoiceRow.Create(rules, now, account, invoice.Value))
            )
            .Where(filter.Matches)
            .OrderByDescending(row => row.DaysLate)
            .ThenBy(row => row.Invoice.Document.Number, StringComparer.Ordinal)
            .ToList();
        return open.Count > 0 || filter.Text.Length == 0
            ? open
            : await FindClosedAsync(filter.Text, now, cancellationToken);
    }

    private async Task<IReadOnlyList<InvoiceRow>> FindClosedAsync(
        string number,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        List<InvoiceRow> rows = [];
        foreach (var id in await lookup.FindReferenceAsync(number, cancellationToken))
        {
            if (
                await receivables.ReadInvoiceAsync(id, cancellationToken) is { } invoice
                && await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is { } account
            )
                rows.Add(InvoiceRow.Create(rules, now, account, invoice.Value));
        }
        return rows;
    }
}
