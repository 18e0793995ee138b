using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Customers;

/// <summary>Reads one customer with its ledger; for the API and for a page.</summary>
public sealed class CustomerReader(ReceivablesTable receivables, DunningRules rules, TimeProvider clock)
{
    /// <returns>Null for a customer who is unknown or erased.</returns>
    internal async Task<CustomerDetails?> ReadAsync(CustomerId id, CancellationToken cancellationToken)
    {
        if (await receivables.ReadAsync(id, cancellationToken) is not { Customer.Value.ErasedAt: null } account)
            return null;
        var context = new DunningContext(account.Customer.Value, rules, clock.GetUtcNow());
        var history = await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken);
        return CustomerDetails.Create(context, account, history);
    }

    internal async Task<ApiResult> AnswerAsync(CustomerId id, CancellationToken cancellationToken) =>
        await ReadAsync(id, cancellationToken) is { } details
            ? ApiResult.Ok(details).With("ETag", details.Version)
            : ApiResult.NotFound("customer with this id");
}
