using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning;

/// <summary>
/// Writes to the invoices what a message charges, announces and gives notice of, once it was sent. Run before the
/// outcome is recorded, so that a process that stops in between posts again; what is posted is not posted twice.
/// </summary>
public sealed class ChargePosting(ReceivablesTable receivables, CustomerTransactions transactions)
{
    /// <remarks>Takes no cancellation token: the message was sent.</remarks>
    public async Task PostAsync(Notice sent)
    {
        foreach (var charges in sent.Charges)
            await transactions.RunAsync(
                sent.CustomerId,
                () => ReadAsync(new InvoiceId(sent.CustomerId, charges.InvoiceId)),
                (found, now) => charges.Post(found.Invoice, found.Ledger, sent, now),
                CancellationToken.None
            );
    }

    private async Task<ChargedInvoice?> ReadAsync(InvoiceId id) =>
        await receivables.ReadInvoiceAsync(id, CancellationToken.None) is { } invoice
            ? new ChargedInvoice(invoice, await receivables.ReadEntriesAsync(invoice.Value.Id, CancellationToken.None))
            : null;

    private sealed record ChargedInvoice(Versioned<Invoice> Invoice, IReadOnlyList<LedgerEntry> Ledger);
}
