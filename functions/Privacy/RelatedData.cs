using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;

namespace Dunning.Privacy;

/// <summary>
/// Deletes a customer's data outside of the invoices: messages, replies, notes, webhook bodies, failures, phone
/// numbers.
/// </summary>
public sealed class RelatedData(
    ReceivablesTable receivables,
    MessageErasure messages,
    Lookup lookup,
    Inbox inbox,
    Failures failures
)
{
    public async Task DeleteAsync(ErasureRequest request, CancellationToken cancellationToken)
    {
        await DeletePersonalMessagesAsync(request.CustomerId, request.RequestedAt, cancellationToken);
        await messages.DeleteAsync(request.CustomerId, request.RequestedAt, cancellationToken);
        var current = (await receivables.ReadAsync(request.CustomerId, cancellationToken))?.Customer.Value;
        foreach (var customerId in (current?.MergedFrom ?? []).Prepend(request.CustomerId))
        {
            await inbox.ForgetCustomerAsync(customerId, cancellationToken);
            await failures.ForgetAsync(customerId, cancellationToken);
        }
        // A customer who was stored again meanwhile must still be found by name and phone number.
        if (request.NameKey is { } nameKey && nameKey != current?.NameKey)
            await lookup.DeleteNameAsync(nameKey, request.CustomerId, cancellationToken);
        foreach (var number in request.Numbers.Except(current?.Numbers ?? []))
            await lookup.DeletePhoneAsync(number, request.CustomerId, cancellationToken);
    }

    /// <summary>Deletes what the customer was sent and wrote, before one of its invoices is erased.</summary>
    /// <param name="until">Rows, and messages that name no invoice, are deleted if they are not newer.</param>
    public async Task DeletePersonalMessagesAsync(
        InvoiceId id,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        await DeletePersonalMessagesAsync(id.Customer, until, cancellationToken);
        await messages.DeleteAsync(id, until, cancellationToken);
    }

    public async Task DeletePersonalMessagesAsync(
        CustomerId customerId,
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
