using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.CustomerPages;

/// <summary><c>GET /api/dashboard/customers</c>: who owes, the longest overdue first.</summary>
public sealed class ShowCustomers(DashboardRequests requests, OpenBook book, DunningRules rules, TimeProvider clock)
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
                var rows = (await book.ReadAsync(cancellationToken))
                    .Select(account =>
                        CustomerRow.Create(new DunningContext(account.Customer.Value, rules, now), account)
                    )
                    .Where(filter.Matches)
                    .OrderByDescending(row => row.OldestDaysLate)
                    .ThenBy(row => row.Customer.Name, StringComparer.Ordinal)
                    .ToList();
                return Pages.Show<CustomersPage>(
                    context,
                    new CustomerList(filter, ListPage<CustomerRow>.Create(rows, request.Query))
                );
            },
            cancellationToken
        );
}
