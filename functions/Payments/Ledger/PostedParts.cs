using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Reads what invoices have of a payment: as a person decided, or else the one invoice with which it was matched.
/// </summary>
public sealed class PostedParts(PaymentMatch match, ReceivablesTable receivables)
{
    internal async Task<IReadOnlyList<PostedPart>> ReadAsync(
        UnmatchedDelivery unmatched,
        PaymentChange payment,
        CancellationToken cancellationToken
    )
    {
        var key = new PaymentKey(unmatched.Provider, payment.ObjectId);
        var assigned = unmatched.AssignedOf(payment);
        if (assigned.Count == 0)
            return
                (await match.FindAsync(unmatched.Provider, payment, cancellationToken)).Invoice is { } matched
                && await ReadAsync(matched, key, cancellationToken) is { } part
                ? [part]
                : [];
        List<PostedPart> parts = [];
        foreach (var allocation in assigned)
        {
            var stored = await ReadAsync(allocation.Invoice, key, cancellationToken);
            // What was decided counts: the process may have stopped before it was written.
            var isWritten = stored?.Amount == allocation.Amount;
            parts.Add(
                new(
                    stored?.Invoice ?? allocation.Invoice,
                    allocation.Amount,
                    isWritten ? stored!.Surplus : Money.Zero(allocation.Amount.Currency)
                )
            );
        }
        return parts;
    }

    private async Task<PostedPart?> ReadAsync(InvoiceId id, PaymentKey payment, CancellationToken cancellationToken) =>
        await receivables.ReadInvoiceAsync(id, cancellationToken) is { } invoice
            ? PostedPart.Find(
                invoice.Value,
                await receivables.ReadEntriesAsync(invoice.Value.Id, cancellationToken),
                payment
            )
            : null;
}
