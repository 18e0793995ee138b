using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.PortalLinks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.CustomerPages;

/// <summary>
/// <c>GET /api/dashboard/customers/{id}/portal-link</c>: a link for a letter or a call. For owners only: whoever has it
/// can answer for the customer.
/// </summary>
public sealed class ShowCustomerLink(DashboardRequests requests, ReceivablesTable receivables, CreatePortalLink links)
{
    [Function(nameof(ShowCustomerLink))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/customers/{id}/portal-link")]
            HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                await receivables.ReadAsync(new CustomerId(id), cancellationToken)
                    is { Customer.Value: { ErasedAt: null, Merge: null } } account
                    ? Pages.Show<CustomerLinkPage>(
                        context,
                        new CustomerLink(account.Customer.Value, context.IsOwner ? links.Create(account) : null)
                    )
                    : DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound"),
            cancellationToken
        );
}
