using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Privacy;

/// <summary>
/// Takes the personal data out of one invoice and all that was told of it; the mark on the invoice is written last, so
/// a second run goes on.
/// </summary>
public sealed class InvoiceErasure(ReceivablesTable receivables)
{
    private const int BatchSize = CustomerTransaction.MaxRows - 5;
    private const int MaxAttempts = 20;

    /// <returns>How many moves it took; 0 when there was nothing to do.</returns>
    public async Task<int> EraseAsync(InvoiceId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (moves, refused) = (0, 0);
        while (refused < MaxAttempts)
        {
            // Read first: any later event also changes the invoice, so the commit fails.
            if (await receivables.ReadInvoiceAsync(id, cancellationToken) is not { Value.ErasedAt: null } invoice)
                return moves;
            var transaction = new CustomerTransaction(id.Customer);
            foreach (
                var (stored, erased) in WithPersonalText(await receivables.ReadStoredEventsAsync(id, cancellationToken))
                    .Take(BatchSize)
            )
                transaction.Save(stored, erased);
            if (transaction.Rows.Count < BatchSize)
                transaction.Save(invoice, Erasure.Erase(invoice.Value, at));
            if (await receivables.TryCommitAsync(transaction, cancellationToken))
                moves++;
            else
                refused++;
        }
        throw new InvalidOperationException($"Invoice {id} kept changing while it was being erased.");
    }

    private static IEnumerable<(StoredEvent Told, InvoiceEvent Erased)> WithPersonalText(
        IEnumerable<StoredEvent> told
    ) =>
        from one in told
        let erased = Erasure.Erase(one.Event.Value)
        where erased != one.Event.Value
        select (one, erased);
}
