using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.CustomerPages;

/// <summary><c>GET /api/dashboard/customers</c>: who owes, the longest overdue first.</summary>
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
                var now = clock.GetUtcNow();
                var rows = (await accounts.ReadAsync(cancellationToken))
                    .Select(account => CustomerRow.Create(rules, now, account))
                    .Where(filter.Matches)
                    .OrderByDescending(row => row.OldestDaysLate)
                    .ThenBy(row => row.Customer.Name, StringComparer.Ordinal)
                    .ToList();
                var page = ListPage<CustomerRow>.Create(rows, request.Query);
                return Pages.Show<CustomersPage>(
                    context,
                    new CustomerList(
                        filter,
                        page with
                        {
                            Items =
                            [
                                .. page.Items.Select(row =>
                                    row.LookAhead(forecasts.Create(row.Account, context.Stop is not null))
                                ),
                            ],
                        }
                    )
                );
            },
            cancellationToken
        );
}
