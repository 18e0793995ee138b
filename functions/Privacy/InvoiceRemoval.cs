using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Privacy;

/// <summary>
/// Deletes a closed invoice and all its rows once its retention period has ended. Its own row is deleted last, so that
/// the next run continues an interrupted one.
/// </summary>
public sealed class InvoiceRemoval(ReceivablesTable receivables, InvoiceErasure erasure, Lookup lookup)
{
    private const int BatchSize = CustomerTransaction.MaxRows - 5;

    public async Task RemoveAsync(InvoiceId id, CancellationToken cancellationToken)
    {
        var ledger = await receivables.ReadEntriesAsync(id, cancellationToken);
        var head = await receivables.ReadChainHeadAsync(id, cancellationToken);
        var rows = (await receivables.ReadStoredEventsAsync(id, cancellationToken))
            .Select(stored => stored.Key)
            .Concat(ledger.Select(entry => Keys.Ledger(entry, id.Customer)))
            .Concat(head is null ? [] : [Keys.ChainHead(id)])
            .ToList();
        if (await receivables.ReadClosedAsync(id, cancellationToken) is not { } invoice)
            return;
        await erasure.DeleteFilesAsync(id, cancellationToken);
        await lookup.DeleteAsync(invoice.Value, ledger, cancellationToken);
        var batches = rows.Chunk(BatchSize).DefaultIfEmpty([]).ToList();
        foreach (var (batch, isLast) in batches.Select((batch, i) => (batch, i == batches.Count - 1)))
        {
            var transaction = batch.Aggregate(new CustomerTransaction(id.Customer), (all, key) => all.Delete(key));
            // A conflict means that a late payment has changed the invoice. The next run decides again.
            if (
                !await receivables.TryCommitAsync(isLast ? transaction.Delete(invoice) : transaction, cancellationToken)
            )
                break;
        }
        await RemoveIdleAsync(id.Customer, cancellationToken);
    }

    /// <summary>Deletes the row of an erased customer after the last invoice.</summary>
    private async Task RemoveIdleAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        if (
            await receivables.ReadAsync(customerId, cancellationToken)
            is not { Invoices.Count: 0, Notices.Count: 0, Customer.Value.ErasedAt: not null } account
        )
            return;
        await foreach (var _ in receivables.ReadClosedAsync(customerId, cancellationToken))
            return;
        // Rows that lead to the customer go first: they must not lead nowhere.
        foreach (var merged in account.Customer.Value.MergedFrom)
        {
            if (await receivables.ReadUnmergedAsync(merged, cancellationToken) is { } former)
                await receivables.TryCommitAsync(
                    new CustomerTransaction(merged).Delete(former.Customer),
                    cancellationToken
                );
        }
        await receivables.TryCommitAsync(
            new CustomerTransaction(customerId).Delete(account.Customer),
            cancellationToken
        );
    }
}
