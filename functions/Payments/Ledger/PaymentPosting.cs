using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Writes a payment fact into the receivables table: ledger entry, invoice, events and thank-you in one transaction,
/// decided again when it crosses another.
/// </summary>
public sealed class PaymentPosting(ReceivablesTable receivables, DunningRules rules, Queues queues, TimeProvider clock)
{
    private const int MaxAttempts = 20;

    /// <returns>Why a person has to look at it; null when all is well.</returns>
    public async Task<string?> PostAsync(
        InvoiceId id,
        SourcedPaymentChange fact,
        string? seen,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // The invoice is read before the ledger: every ledger write replaces the invoice, so its version covers
            // both.
            if (
                await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } invoice
                || await receivables.ReadAsync(id.Customer, cancellationToken) is not { } account
            )
                return $"invoice {id} is not in the book";
            var ledger = await receivables.ReadLedgerAsync(id, cancellationToken);
            var settlement = Settlement.Decide(invoice, account, ledger, fact, seen, rules, clock.GetUtcNow());
            if (
                settlement.Transaction is not null
                && !await receivables.TryCommitAsync(settlement.Transaction, cancellationToken)
            )
                continue;
            foreach (var notice in settlement.Notices)
                await queues.SendAsync(notice, notice.NotBefore - clock.GetUtcNow(), cancellationToken);
            return settlement.Parked;
        }
        throw new InvalidOperationException($"Invoice {id} kept changing while a payment was being posted.");
    }

    /// <summary>
    /// The revision with which a new amount of a recorded payment counts; the stored one when nothing changes.
    /// </summary>
    public async Task<int> NextRevisionAsync(
        InvoiceId id,
        string paymentId,
        Money amount,
        CancellationToken cancellationToken
    ) =>
        await FindRecordedAsync(id, paymentId, cancellationToken) is { } stored
            ? stored.Amount == amount
                ? stored.Revision
                : stored.Revision + 1
            : 0;

    /// <summary>A payment that a person or a bank import recorded; zero when it was taken back.</summary>
    public async Task<LedgerEntry?> FindRecordedAsync(
        InvoiceId id,
        string paymentId,
        CancellationToken cancellationToken
    ) =>
        (await receivables.ReadLedgerAsync(id, cancellationToken))
            .Select(entry => entry.Value)
            .FirstOrDefault(entry =>
                entry is { Provider: LedgerEntry.RecordedByHand, Kind: LedgerKind.Payment }
                && entry.ObjectId == paymentId
            );

    /// <summary>Whether one of them is erased: what told of the payment has to go, too.</summary>
    public async Task<bool> IsAnyErasedAsync(IEnumerable<InvoiceId> invoices, CancellationToken cancellationToken)
    {
        foreach (var id in invoices)
        {
            if (await receivables.ReadInvoiceAsync(id, cancellationToken) is { Value.ErasedAt: not null })
                return true;
        }
        return false;
    }

    /// <summary>Marks the invoice: from now until the event is applied, no claim on it can succeed.</summary>
    public Task MarkPendingAsync(InvoiceId id, string seen, CancellationToken cancellationToken) =>
        ChangeMarksAsync(id, marks => marks.Contains(seen) ? marks : [.. marks, seen], cancellationToken);

    /// <summary>Takes the mark away again: what was announced came to nothing.</summary>
    /// <param name="invoiceEvent">What the invoice's history says of it, if it had the mark.</param>
    public Task RemoveMarkAsync(
        InvoiceId id,
        string seen,
        CancellationToken cancellationToken,
        InvoiceEvent? invoiceEvent = null
    ) =>
        ChangeMarksAsync(
            id,
            marks => marks.Contains(seen) ? [.. marks.Where(mark => mark != seen)] : marks,
            cancellationToken,
            invoiceEvent
        );

    private async Task ChangeMarksAsync(
        InvoiceId id,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> change,
        CancellationToken cancellationToken,
        InvoiceEvent? invoiceEvent = null
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (
                await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } invoice
                || change(invoice.Value.PendingPayments) is var marks && marks == invoice.Value.PendingPayments
            )
                return;
            var transaction = new CustomerTransaction(id.Customer).Save(
                invoice,
                invoice.Value with
                {
                    PendingPayments = marks,
                }
            );
            if (
                await receivables.TryCommitAsync(
                    invoiceEvent is null ? transaction : transaction.AddEvent(id, invoiceEvent),
                    cancellationToken
                )
            )
                return;
        }
        throw new InvalidOperationException($"Invoice {id} kept changing while a payment was being marked.");
    }
}
