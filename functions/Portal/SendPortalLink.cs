using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Portal;

/// <summary>
/// <c>POST /api/portal/{token}/new-link</c>: a statement of account, which has a new link, goes to the address that we
/// write to. The answer never says whether there is one. At most one a day, and none for a link that never was one.
/// </summary>
public sealed class SendPortalLink(
    PortalRequests requests,
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules
)
{
    [Function(nameof(SendPortalLink))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "portal/{token}/new-link")] HttpRequest request,
        string token,
        CancellationToken cancellationToken
    ) =>
        requests.OfFormerLinkAsync(
            request,
            token,
            customer => SendAsync(customer, cancellationToken),
            cancellationToken
        );

    private Task SendAsync(CustomerId customer, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            customer,
            () => ReadAsync(customer, cancellationToken),
            (facts, now) => Decide(new DunningContext(facts.Account.Customer.Value, rules, now), facts),
            cancellationToken
        );

    private async Task<Facts?> ReadAsync(CustomerId id, CancellationToken cancellationToken) =>
        await receivables.ReadAsync(id, cancellationToken)
            is { Customer.Value: { ErasedAt: null, Merge: null } } account
            ? new(account, await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken))
            : null;

    private static CustomerTransaction? Decide(DunningContext context, Facts facts)
    {
        if (context.Customer.PortalLinkSentOn >= context.Today)
            return null;
        var period = new StatementPeriod(context.Today.AddMonths(-1), To: null);
        return StatementPlan
            .Decide(
                context with
                {
                    Customer = context.Customer with { PortalLinkSentOn = context.Today },
                },
                facts.Account,
                facts.History,
                period
            )
            .Transaction;
    }

    private sealed record Facts(CustomerAccount Account, AccountHistory History);
}
