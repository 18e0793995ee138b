using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Writes a payment change into the receivables table: ledger entry, invoice, events and thank-you notice in one
/// transaction. On a conflict it reads and decides again.
/// </summary>
public sealed class PaymentPosting(ReceivablesTable receivables, DunningRules rules, Queues queues, TimeProvider clock)
{
    private const int MaxAttempts = 20;

    /// <returns>Why the payment needs manual review; null when it needs none.</returns>
    public async Task<string?> PostAsync(InvoiceId id, SourcedPaymentChange change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // The invoice is read before the ledger: every ledger write replaces the invoice, so its ETag covers both.
            if (
                await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } invoice
                || await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is not { } account
            )
                return $"invoice {id} does not exist";
            // It moved to another customer between the two reads.
            if (account.Id != invoice.Value.Id.Customer)
                continue;
            var ledger = await receivables.ReadLedgerAsync(invoice.Value.Id, cancellationToken);
            var settlement = Settlement.Decide(invoice, account, ledger, change, rules, clock.GetUtcNow());
            if (!await receivables.TryCommitAsync(settlement.Transaction, cancellationToken))
                continue;
            foreach (var notice in settlement.Notices)
                await queues.SendAsync(notice, notice.NotBefore - clock.GetUtcNow(), cancellationToken);
            return settlement.ManualReviewReason;
        }
        throw new InvalidOperationException(
            $"The payment was not posted: invoice {id} was changed by others in {MaxAttempts} attempts."
        );
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

    /// <summary>Whether one of the invoices is erased; then the body of the webhook must be erased too.</summary>
    public async Task<bool> IsAnyErasedAsync(IEnumerable<InvoiceId> invoices, CancellationToken cancellationToken)
    {
        foreach (var id in invoices)
        {
            if (await receivables.ReadInvoiceAsync(id, cancellationToken) is { Value.ErasedAt: not null })
                return true;
        }
        return false;
    }

    /// <summary>
    /// Sets a pending payment mark: until the delivery is applied, no notice of the invoice can be claimed.
    /// </summary>
    public Task MarkPendingAsync(InvoiceId id, string deliveryId, CancellationToken cancellationToken) =>
        ChangeMarksAsync(id, marks => marks.Contains(deliveryId) ? marks : [.. marks, deliveryId], cancellationToken);

    /// <summary>Removes the mark after the delivery was applied or left to a person.</summary>
    /// <param name="invoiceEvent">Added to the invoice's history if the invoice had the mark.</param>
    public Task RemoveMarkAsync(
        InvoiceId id,
        string deliveryId,
        CancellationToken cancellationToken,
        InvoiceEvent? invoiceEvent = null
    ) =>
        ChangeMarksAsync(
            id,
            marks => marks.Contains(deliveryId) ? [.. marks.Where(mark => mark != deliveryId)] : marks,
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
            var transaction = new CustomerTransaction(invoice.Value.Id.Customer).Save(
                invoice,
                invoice.Value with
                {
                    PendingPayments = marks,
                }
            );
            if (
                await receivables.TryCommitAsync(
                    invoiceEvent is null ? transaction : transaction.AddEvent(invoice.Value.Id, invoiceEvent),
                    cancellationToken
                )
            )
                return;
        }
        throw new InvalidOperationException(
            $"The payment marks were not changed: invoice {id} was changed by others in {MaxAttempts} attempts."
        );
    }
}
