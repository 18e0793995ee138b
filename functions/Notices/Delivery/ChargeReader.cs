using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Reads what a reminder says of interest and fees. The ledger is read after the invoices: every ledger write replaces
/// the invoice, too, so the claim fails when an entry was written since.
/// </summary>
public sealed class ChargeReader(ReceivablesTable receivables)
{
    /// <returns>Empty for a message that says nothing of them.</returns>
    internal async Task<IReadOnlyDictionary<InvoiceId, InvoiceCharges>> ReadAsync(
        DunningContext context,
        Notice notice,
        PreSendResult check,
        CancellationToken cancellationToken
    )
    {
        var ledgers = await Task.WhenAll(
            WithLedger(context, notice, check)
                .Select(async invoice =>
                    (invoice.Id, Entries: await receivables.ReadEntriesAsync(invoice.Id, cancellationToken))
                )
        );
        return Decide(context, notice, check, ledgers.ToDictionary(ledger => ledger.Id, ledger => ledger.Entries));
    }

    /// <param name="ledgers">The entries of the invoices of <see cref="WithLedger"/>.</param>
    internal static IReadOnlyDictionary<InvoiceId, InvoiceCharges> Decide(
        DunningContext context,
        Notice notice,
        PreSendResult check,
        IReadOnlyDictionary<InvoiceId, IReadOnlyList<LedgerEntry>> ledgers
    ) =>
        WithLedger(context, notice, check)
            .ToDictionary(
                invoice => invoice.Id,
                invoice =>
                    InvoiceCharges.Decide(
                        context,
                        invoice,
                        ledgers.GetValueOrDefault(invoice.Id) ?? [],
                        StepOf(context, notice, invoice),
                        notice.Id
                    )
            );

    /// <summary>The invoices whose ledgers are needed.</summary>
    internal static IEnumerable<Invoice> WithLedger(DunningContext context, Notice notice, PreSendResult check) =>
        notice.IsReminder
            ? check
                .NamedIn(notice)
                .Select(invoice => invoice.Value)
                .Where(invoice => InvoiceCharges.NeedLedger(context, invoice, StepOf(context, notice, invoice)))
            : [];

    private static Step? StepOf(DunningContext context, Notice notice, Invoice invoice) =>
        notice.Lines.FirstOrDefault(line => line.InvoiceId == invoice.Id.Invoice) is { } line
            ? context.PolicyOf(invoice).Find(line.Step)
            : null;
}
