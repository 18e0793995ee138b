using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>
/// <c>GET /api/dashboard/customers</c>: who owes, the longest overdue first; and <c>…/export/customers</c>, all rows of
/// the same list as CSV.
/// </summary>
public sealed class ShowCustomers(
    DashboardRequests requests,
    OpenAccounts accounts,
    Forecasts forecasts,
    DunningRules rules,
    TimeProvider clock
)
{
    [Function(nameof(ShowCustomers))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/customers")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var filter = CustomerFilter.Read(request.Query);
                var rows = await FindAsync(filter, context, cancellationToken);
                var page = ListPage<CustomerRow>.Create(rows, request.Query);
                return Pages.Show<CustomersPage>(
                    context,
                    new CustomerList(
                        filter,
                        page with
                        {
                            Items = LookAhead(page.Items, context),
                        },
                        request.Query["done"]
                    )
                );
            },
            cancellationToken
        );

    [Function("ExportCustomers")]
    public Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/export/customers")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var rows = await FindAsync(CustomerFilter.Read(request.Query), context, cancellationToken);
                return ListCsv.Of("customers", CustomerColumns.All, CustomerColumns.Lines(LookAhead(rows, context)));
            },
            cancellationToken
        );

    private async Task<IReadOnlyList<CustomerRow>> FindAsync(
        CustomerFilter filter,
        PageContext context,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var rows = (await accounts.ReadAsync(cancellationToken))
            .Select(account => CustomerRow.Create(rules, now, account))
            .Where(filter.Matches)
            .OrderByDescending(row => row.OldestDaysLate)
            .ThenBy(row => row.Customer.Name, StringComparer.Ordinal);
        return filter.Silence.Length == 0 ? [.. rows] : [.. LookAhead(rows, context).Where(filter.IsSilentSo)];
    }

    /// <summary>The rows with their forecasts, where they have none yet.</summary>
    private IReadOnlyList<CustomerRow> LookAhead(IEnumerable<CustomerRow> rows, PageContext context) =>
        [
            .. rows.Select(row =>
                row.Forecast is null ? row.LookAhead(forecasts.Create(row.Account, context.Stop is not null)) : row
            ),
        ];
}
