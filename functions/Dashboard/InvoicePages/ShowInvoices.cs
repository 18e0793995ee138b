using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>
/// <c>GET /api/dashboard/invoices</c>: the open invoices, most overdue first. A search that finds none of them looks
/// for a closed invoice with exactly that number.
/// </summary>
public sealed class ShowInvoices(
    DashboardRequests requests,
    OpenAccounts accounts,
    Forecasts forecasts,
    ReceivablesTable receivables,
    Lookup lookup,
    DunningRules rules,
    TimeProvider clock
)
{
    [Function(nameof(ShowInvoices))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/invoices")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var filter = InvoiceFilter.Read(request.Query);
                var rows = await FindAsync(filter, cancellationToken);
                var isStopped = context.Stop is not null;
                if (filter.Silence.Length > 0)
                    rows = [.. LookAhead(rows, isStopped).Where(filter.IsSilentSo)];
                var page = ListPage<InvoiceRow>.Create(rows, request.Query);
                return Pages.Show<InvoicesPage>(
                    context,
                    new InvoiceList(filter, page with { Items = LookAhead(page.Items, isStopped) })
                );
            },
            cancellationToken
        );

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

    /// <summary>One forecast for each customer.</summary>
    private IReadOnlyList<InvoiceRow> LookAhead(IReadOnlyList<InvoiceRow> rows, bool isStopped)
    {
        var found = rows.Select(row => row.Account)
            .DistinctBy(account => account.Id)
            .SelectMany(account => forecasts.Create(account, isStopped).Invoices)
            .ToDictionary(forecast => forecast.Invoice);
        return [.. rows.Select(row => row with { Forecast = found.GetValueOrDefault(row.Invoice.Id) })];
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
