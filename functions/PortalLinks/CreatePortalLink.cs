using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.PortalLinks;

/// <summary>
/// <c>POST /api/customers/{id}/portal-link</c>: a link to the customer's pages, for a letter or a call. It changes
/// nothing and ends no other link.
/// </summary>
public sealed class CreatePortalLink(
    ReceivablesTable receivables,
    PortalAddress portal,
    DunningRules rules,
    TimeProvider clock
)
{
    [Function(nameof(CreatePortalLink))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "customers/{id}/portal-link")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        await receivables.ReadAsync(new CustomerId(id), cancellationToken) is not { } account
        || account.Customer.Value is { ErasedAt: not null } or { Merge: not null }
            ? ApiResult.NotFound("customer with this id")
        : Create(account) is { } link ? ApiResult.Ok(new { link.Address, link.LastDay })
        : ApiResult.NotPossibleNow(
            "There is no portal",
            "The app does not know its public address: set Portal__Address."
        );

    /// <summary>For the owner's pages, too.</summary>
    internal PortalLink? Create(CustomerAccount account)
    {
        var customer = account.Customer.Value;
        var today = rules.Today(customer, clock.GetUtcNow());
        return portal.LinkFor(
            customer,
            $"by hand {today:yyyy-MM-dd}",
            today,
            account.Invoices.Select(invoice => (DateOnly?)invoice.Value.AgreedDueDate).Max()
        );
    }
}
