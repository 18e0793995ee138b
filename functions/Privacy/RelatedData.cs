using Dunning.Payments.Webhooks;
using Dunning.Receivables.Storage;
using Dunning.Recovery;

namespace Dunning.Privacy;

/// <summary>
/// Deletes what lies about a customer outside of the invoices: messages, replies, notes, webhook bodies, failures,
/// phone numbers.
/// </summary>
public sealed class RelatedData(ReceivablesTable receivables, Lookup lookup, Inbox inbox, Failures failures)
{
    public async Task DeleteAsync(ErasureRequest forgetting, CancellationToken cancellationToken)
    {
        await DeletePersonalMessagesAsync(forgetting.CustomerId, forgetting.RequestedAt, cancellationToken);
        await inbox.ForgetCustomerAsync(forgetting.CustomerId, cancellationToken);
        await failures.ForgetAsync(forgetting.CustomerId, cancellationToken);
        // One that has come back meanwhile is found by the number again.
        var back =
            (await receivables.ReadAsync(forgetting.CustomerId, cancellationToken))?.Customer.Value.Numbers ?? [];
        foreach (var number in forgetting.Numbers.Except(back))
            await lookup.ForgetPhoneAsync(number, forgetting.CustomerId, cancellationToken);
    }

    public async Task DeletePersonalMessagesAsync(
        string customerId,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var keys in (await receivables.FindPersonalMessageKeysAsync(customerId, until, cancellationToken)).Chunk(
                CustomerTransaction.MaxRows
            )
        )
            await receivables.TryCommitAsync(
                keys.Aggregate(new CustomerTransaction(customerId), (transaction, key) => transaction.Delete(key)),
                cancellationToken
            );
    }
}
