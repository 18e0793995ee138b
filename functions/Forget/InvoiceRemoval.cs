using Dunning.Book;

namespace Dunning.Forget;

/// <summary>Takes a closed invoice out of the book with all that belongs to it, once no law wants it kept; its own row goes last, so a second run goes on.</summary>
public sealed class InvoiceRemoval(BookTable book, Lookup lookup)
{
    private const int RowsAtOnce = Move.MaxRows - 5;

    public async Task RemoveAsync(InvoiceId id, CancellationToken cancel)
    {
        var ledger = (await book.ReadLedgerAsync(id, cancel)).Select(entry => entry.Value).ToList();
        var rows = (await book.ReadToldAsync(id, cancel)).Select(told => told.Key).Concat(ledger.Select(entry => Keys.Ledger(entry, id.Customer))).ToList();
        if (await book.ReadClosedAsync(id, cancel) is not { } invoice)
            return;
        await lookup.ForgetAsync(invoice.Value, ledger, cancel);
        var batches = rows.Chunk(RowsAtOnce).DefaultIfEmpty([]).ToList();
        foreach (var (batch, isLast) in batches.Select((batch, i) => (batch, i == batches.Count - 1)))
        {
            var move = batch.Aggregate(new Move(id.Customer), (all, key) => all.Delete(key));
            // Refused: a payment has come in after all these years, and the next tick looks again.
            if (!await book.TryCommitAsync(isLast ? move.Delete(invoice) : move, cancel))
                break;
        }
        await RemoveIdleAsync(id.Customer, cancel);
    }

    /// <summary>The last row of an erased customer, when the last of the invoices has gone.</summary>
    private async Task RemoveIdleAsync(string customerId, CancellationToken cancel)
    {
        if (await book.ReadAsync(customerId, cancel) is not { Invoices.Count: 0, Notices.Count: 0, Customer.Value.ErasedAt: not null } rows)
            return;
        await foreach (var _ in book.ReadClosedAsync(customerId, cancel))
            return;
        await book.TryCommitAsync(new Move(customerId).Delete(rows.Customer), cancel);
    }
}
