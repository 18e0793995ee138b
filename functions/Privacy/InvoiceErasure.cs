using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Privacy;

/// <summary>
/// Erases the personal data of one invoice and its events. The invoice is marked as erased last, so that the next run
/// continues an interrupted one.
/// </summary>
public sealed class InvoiceErasure(ReceivablesTable receivables)
{
    private const int BatchSize = CustomerTransaction.MaxRows - 5;
    private const int MaxAttempts = 20;

    /// <returns>The number of transactions; 0 when there was nothing to do.</returns>
    public async Task<int> EraseAsync(InvoiceId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (transactions, conflicts) = (0, 0);
        while (conflicts < MaxAttempts)
        {
            // Read first: any later event also changes the invoice, so the commit fails.
            if (await receivables.ReadInvoiceAsync(id, cancellationToken) is not { Value.ErasedAt: null } invoice)
                return transactions;
            var transaction = new CustomerTransaction(id.Customer);
            foreach (
                var (stored, erased) in WithPersonalText(await receivables.ReadStoredEventsAsync(id, cancellationToken))
                    .Take(BatchSize)
            )
                transaction.Save(stored, erased);
            if (transaction.Rows.Count < BatchSize)
                transaction.Save(invoice, Erasure.Erase(invoice.Value, at));
            if (await receivables.TryCommitAsync(transaction, cancellationToken))
                transactions++;
            else
                conflicts++;
        }
        throw new InvalidOperationException($"Invoice {id} kept changing while it was being erased.");
    }

    private static IEnumerable<(StoredEvent Stored, InvoiceEvent Erased)> WithPersonalText(
        IEnumerable<StoredEvent> events
    ) =>
        from stored in events
        let erased = Erasure.Erase(stored.Event.Value)
        where erased != stored.Event.Value
        select (stored, erased);
}
