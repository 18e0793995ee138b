using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Writes a payment change into the receivables table: ledger entry, invoice, events and thank-you notice in one
/// transaction. On a conflict it reads and decides again.
/// </summary>
public sealed class PaymentPosting(ReceivablesTable receivables, CustomerTransactions transactions, DunningRules rules)
{
    /// <returns>Why the payment needs manual review; null when it needs none.</returns>
    public async Task<string?> PostAsync(InvoiceId id, SourcedPaymentChange change, CancellationToken cancellationToken)
    {
        var settlement = await RunAsync(
            id,
            (context, paid) => Settlement.Decide(context, paid, change),
            cancellationToken
        );
        return settlement is null ? $"invoice {id} does not exist" : settlement.ManualReviewReason;
    }

    /// <summary>Writes what a decision about an invoice and its ledger leads to.</summary>
    /// <returns>The decision; null when the invoice does not exist.</returns>
    internal Task<TDecision?> RunAsync<TDecision>(
        InvoiceId id,
        Func<DunningContext, PaidInvoice, TDecision?> decide,
        CancellationToken cancellationToken
    )
        where TDecision : class, IDecision =>
        transactions.RunAsync(
            id.Customer,
            () => ReadAsync(id, cancellationToken),
            (paid, now) => decide(new DunningContext(paid.Account.Customer.Value, rules, now), paid),
            cancellationToken
        );

    private async Task<PaidInvoice?> ReadAsync(InvoiceId id, CancellationToken cancellationToken)
    {
        // The invoice is read before the ledger: every ledger write replaces the invoice, so its ETag covers both.
        if (
            await ReadCurrentAsync(id, cancellationToken) is not { } invoice
            || await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is not { } account
        )
            return null;
        return account.Id == invoice.Value.Id.Customer
            ? new PaidInvoice(invoice, account, await receivables.ReadLedgerAsync(invoice.Value.Id, cancellationToken))
            // It moved to another customer between the two reads.
            : await ReadAsync(invoice.Value.Id with { Customer = account.Id }, cancellationToken);
    }

    /// <summary>The invoice, or the corrected one that has taken its place.</summary>
    public async Task<Versioned<Invoice>?> ReadCurrentAsync(InvoiceId id, CancellationToken cancellationToken) =>
        await receivables.ReadInvoiceAsync(id, cancellationToken) is { } found
            ? found.Value.Closed?.ReplacedBy is { } replacement
                ? await ReadCurrentAsync(replacement, cancellationToken)
                : found
            : null;

    /// <summary>What a credit note has taken off an invoice; null for nothing.</summary>
    public async Task<LedgerEntry?> FindCreditAsync(
        InvoiceId id,
        InvoiceId creditNote,
        CancellationToken cancellationToken
    ) =>
        await ReadCurrentAsync(id, cancellationToken) is { } current
            ? (await receivables.ReadEntriesAsync(current.Value.Id, cancellationToken)).FirstOrDefault(entry =>
                DocumentCredit.IsEntryOf(creditNote, entry)
            )
            : null;

    /// <summary>Adds what a person decided about a delivery to the history of an invoice that it names, once.</summary>
    public Task AddDecisionAsync(
        InvoiceId id,
        string deliveryId,
        InvoiceEvent decided,
        CancellationToken cancellationToken
    )
    {
        var subject = $"payment.{deliveryId}.{id.Invoice}";
        return transactions.RunAsync(
            id.Customer,
            async () =>
                await receivables.ReadInvoiceAsync(id, cancellationToken) is { } invoice
                && await receivables.ReadDecisionAsync(invoice.Value.Id.Customer, subject, cancellationToken) is null
                    ? invoice
                    : null,
            (invoice, _) =>
            {
                var own = invoice.Value.ErasedAt is null ? decided : Erasure.Erase(decided);
                return new CustomerTransaction(invoice.Value.Id.Customer)
                    .Save(invoice, invoice.Value)
                    .AddDecision(subject, new(own.Decision!.Value, own.By, own.Text, own.At))
                    .AddEvent(invoice.Value.Id, own);
            },
            cancellationToken
        );
    }

    /// <summary>See <see cref="LedgerEntry.RevisionFor"/>.</summary>
    public async Task<int> NextRevisionAsync(
        InvoiceId id,
        string paymentId,
        Money amount,
        CancellationToken cancellationToken
    ) =>
        LedgerEntry.RevisionFor(
            (await receivables.ReadEntriesAsync(id, cancellationToken)).FirstOrDefault(e =>
                e.Is(LedgerEntry.RecordedByHand, LedgerKind.Payment, paymentId)
            ),
            amount
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

    private Task ChangeMarksAsync(
        InvoiceId id,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> change,
        CancellationToken cancellationToken,
        InvoiceEvent? invoiceEvent = null
    ) =>
        transactions.RunAsync(
            id.Customer,
            () => ReadCurrentAsync(id, cancellationToken),
            (invoice, _) =>
            {
                var marks = change(invoice.Value.Payments.PendingPayments);
                if (marks == invoice.Value.Payments.PendingPayments)
                    return null;
                var marked = invoice.Value with { Payments = invoice.Value.Payments with { PendingPayments = marks } };
                var transaction = new CustomerTransaction(marked.Id.Customer).Save(invoice, marked);
                return invoiceEvent is null ? transaction : transaction.AddEvent(marked.Id, invoiceEvent);
            },
            cancellationToken
        );
}
