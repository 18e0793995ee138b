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
        // A customer who was stored again meanwhile must still be found by name, phone number and mailbox.
        if (request.NameKey is { } nameKey && nameKey != current?.NameKey)
            await lookup.DeleteNameAsync(nameKey, request.CustomerId, cancellationToken);
        foreach (var address in request.Numbers.Except(current?.Addresses ?? [], MailboxComparer.Instance))
            await lookup.DeleteAddressAsync(address!, request.CustomerId, cancellationToken);
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

    /// <summary>
    /// Deletes what came from phone numbers and mailboxes that no customer has, and what nobody could read.
    /// </summary>
    public async Task DeleteOfStrangersAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await DeletePersonalMessagesAsync(Reply.UnknownSender, until, cancellationToken);
        await messages.DeleteUnreadAsync(until, cancellationToken);
    }

    public async Task DeletePersonalMessagesAsync(
        CustomerId customerId,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var found = await receivables.FindPersonalMessagesAsync(customerId, until, cancellationToken);
        // Before the rows, by which the files are found.
        await messages.DeleteFilesAsync(found.ReplyIds, cancellationToken);
        foreach (var keys in found.Keys.Chunk(CustomerTransaction.MaxRows))
            await receivables.TryCommitAsync(
                keys.Aggregate(new CustomerTransaction(customerId), (transaction, key) => transaction.Delete(key)),
                cancellationToken
            );
    }
}
