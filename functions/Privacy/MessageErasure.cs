using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Replies.Mail;

namespace Dunning.Privacy;

/// <summary>
/// Deletes archived messages. A message is kept as long as one of the invoices that it names has its personal data. It
/// is found by the customer's id and by the ids of the customers that were merged into it.
/// </summary>
public sealed class MessageErasure(ReceivablesTable receivables, MessageArchive archive, ReceivedMessages received)
{
    /// <summary>Deletes replies as they were received, with their attachments.</summary>
    public async Task DeleteFilesAsync(IReadOnlyList<string> replyIds, CancellationToken cancellationToken)
    {
        foreach (var reply in replyIds)
            await received.DeleteOfReplyAsync(reply, cancellationToken);
    }

    /// <summary>Deletes received messages that nobody could read.</summary>
    public Task DeleteUnreadAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        received.DeleteIncomingBeforeAsync(until, cancellationToken);

    /// <summary>
    /// Deletes the messages that name no invoice with personal data. To be called when the customer's invoices are
    /// erased.
    /// </summary>
    /// <param name="until">A message that names no invoice is deleted if it is not newer.</param>
    public Task DeleteAsync(CustomerId customerId, DateTimeOffset until, CancellationToken cancellationToken) =>
        DeleteAsync(customerId, until, _ => true, isErased: _ => false, cancellationToken);

    /// <summary>
    /// Deletes the messages that name an invoice and no other one with personal data. To be called before the invoice
    /// is marked as erased, so that the next run continues an interrupted one.
    /// </summary>
    /// <param name="until">A message that names no invoice is deleted if it is not newer.</param>
    public Task DeleteAsync(InvoiceId id, DateTimeOffset until, CancellationToken cancellationToken) =>
        DeleteAsync(
            id.Customer,
            until,
            message => message.InvoiceIds.Count == 0 || message.InvoiceIds.Contains(id.Invoice),
            isErased: invoice => invoice == id.Invoice,
            cancellationToken
        );

    private async Task DeleteAsync(
        CustomerId customerId,
        DateTimeOffset until,
        Func<MessageReference, bool> isCandidate,
        Func<string, bool> isErased,
        CancellationToken cancellationToken
    )
    {
        var current = await receivables.ReadAsync(customerId, cancellationToken);
        List<CustomerId> customers = [customerId, .. current?.Customer.Value.MergedFrom ?? []];
        var isNeeded = new Dictionary<string, bool>();
        foreach (var customer in customers)
        {
            await foreach (var message in archive.FindAsync(customer, cancellationToken))
            {
                if (isCandidate(message) && !await IsKeptAsync(message))
                    await archive.DeleteAsync(message.Name, cancellationToken);
            }
        }

        async Task<bool> IsKeptAsync(MessageReference message)
        {
            foreach (var invoice in message.InvoiceIds.Where(invoice => !isErased(invoice)))
            {
                if (!isNeeded.TryGetValue(invoice, out var needed))
                    isNeeded[invoice] = needed = await HasPersonalDataAsync(customers, invoice, cancellationToken);
                if (needed)
                    return true;
            }
            return message.InvoiceIds.Count == 0 && message.At > until;
        }
    }

    /// <summary>While a merge is in progress, the invoice is with one customer or the other.</summary>
    private async Task<bool> HasPersonalDataAsync(
        IEnumerable<CustomerId> customers,
        string invoice,
        CancellationToken cancellationToken
    )
    {
        foreach (var customer in customers)
        {
            if (
                await receivables.ReadUnmovedAsync(new InvoiceId(customer, invoice), cancellationToken) is
                { Value.ErasedAt: null }
            )
                return true;
        }
        return false;
    }
}
