using Dunning.Book;
using Dunning.Plan;

namespace Dunning.Settle;

/// <summary>Writes a payment fact into the book: ledger entry, invoice, events and thank-you in one transaction, decided again when it crosses another.</summary>
public sealed class PaymentPosting(BookTable book, Rulebook rules, Queues queues, TimeProvider clock)
{
    private const int Tries = 20;

    /// <returns>Why a person has to look at it; null when all is well.</returns>
    public async Task<string?> PostAsync(InvoiceId id, Fact fact, string? seen, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            // The invoice is read before the ledger: every ledger write replaces the invoice, so its version covers both.
            if (await book.ReadInvoiceAsync(id, cancel) is not { } invoice || await book.ReadAsync(id.Customer, cancel) is not { } rows)
                return $"invoice {id} is not in the book";
            var ledger = await book.ReadLedgerAsync(id, cancel);
            var settlement = Settlement.Decide(invoice, rows, ledger, fact, seen, rules, clock.GetUtcNow());
            if (settlement.Move is not null && !await book.TryCommitAsync(settlement.Move, cancel))
                continue;
            foreach (var notice in settlement.Notices)
                await queues.SendAsync(notice, notice.NotBefore - clock.GetUtcNow(), cancel);
            return settlement.Parked;
        }
        throw new InvalidOperationException($"Invoice {id} kept changing while a payment was being posted.");
    }

    /// <summary>Whether one of them is erased: what told of the payment has to go, too.</summary>
    public async Task<bool> IsAnyErasedAsync(IEnumerable<InvoiceId> invoices, CancellationToken cancel)
    {
        foreach (var id in invoices)
        {
            if (await book.ReadInvoiceAsync(id, cancel) is { Value.ErasedAt: not null })
                return true;
        }
        return false;
    }

    /// <summary>Marks the invoice: from now until the event is applied, no claim on it can succeed.</summary>
    public Task MarkSeenAsync(InvoiceId id, string seen, CancellationToken cancel) =>
        ChangeMarksAsync(id, marks => marks.Contains(seen) ? marks : [.. marks, seen], cancel);

    /// <summary>Takes the mark away again: what was announced came to nothing.</summary>
    /// <param name="told">What the invoice's history says of it, if it had the mark.</param>
    public Task ForgetSeenAsync(InvoiceId id, string seen, CancellationToken cancel, InvoiceEvent? told = null) =>
        ChangeMarksAsync(id, marks => marks.Contains(seen) ? [.. marks.Where(mark => mark != seen)] : marks, cancel, told);

    private async Task ChangeMarksAsync(
        InvoiceId id, Func<IReadOnlyList<string>, IReadOnlyList<string>> change, CancellationToken cancel, InvoiceEvent? told = null)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await book.ReadInvoiceAsync(id, cancel) is not { } invoice || change(invoice.Value.PaymentsSeen) is var marks && marks == invoice.Value.PaymentsSeen)
                return;
            var move = new Move(id.Customer).Save(invoice, invoice.Value with { PaymentsSeen = marks });
            if (await book.TryCommitAsync(told is null ? move : move.Tell(id, told), cancel))
                return;
        }
        throw new InvalidOperationException($"Invoice {id} kept changing while a payment was being marked.");
    }
}
