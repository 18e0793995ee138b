using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>Maps a payment change to a ledger entry.</summary>
internal static class LedgerEntryMapper
{
    /// <returns>Null for a change that moves no money: it affects the reminders, not the balance.</returns>
    public static LedgerEntry? Map(PaymentChange change, PaymentEvent source, string provider, Invoice invoice) =>
        KindOf(change) is { } kind && change.Amount is { } amount
            ? new(
                provider,
                change.ObjectId,
                kind,
                invoice.Id.Invoice,
                // The provider's invoice may include more than ours, such as a balance that was carried over. Just
                // what was charged on top is ours, too.
                kind is LedgerKind.PaidInFull
                && amount != invoice.AmountThatSettles + invoice.Charged
                    ? Money.Min(amount, invoice.AmountThatSettles)
                    : amount,
                source.OccurredAt,
                source.Id
            )
            {
                Revision = change.Revision,
                ValueDate = change.ValueDate,
                AssignedFrom = change.AssignedFrom,
                Charge = change.Charged?.Charge,
            }
            : null;

    /// <summary>
    /// Changes that move no money are stored too, so that an outdated status that arrives late can be recognized.
    /// </summary>
    /// <returns>Null for a change that is no status of a payment.</returns>
    public static LedgerEntry? StatusEntry(
        PaymentChange change,
        PaymentEvent source,
        string provider,
        Invoice invoice
    ) =>
        StatusKind(change.Kind) is { } kind
            ? new(
                provider,
                change.ObjectId,
                kind,
                invoice.Id.Invoice,
                Money.Zero(invoice.Document.AmountDue.Currency),
                source.OccurredAt,
                source.Id
            )
            : null;

    private static LedgerKind? StatusKind(PaymentChangeKind kind) =>
        kind switch
        {
            PaymentChangeKind.InFlight => LedgerKind.InFlight,
            PaymentChangeKind.Failed => LedgerKind.Failed,
            PaymentChangeKind.Dispute => LedgerKind.Dispute,
            _ => null,
        };

    private static LedgerKind? KindOf(PaymentChange change) =>
        change.Kind switch
        {
            PaymentChangeKind.Charge => change.Charged?.Kind,
            PaymentChangeKind.Payment => LedgerKind.Payment,
            PaymentChangeKind.PaymentTotal => LedgerKind.PaymentTotal,
            PaymentChangeKind.PaidInFull => LedgerKind.PaidInFull,
            PaymentChangeKind.CreditNote => LedgerKind.CreditNote,
            PaymentChangeKind.WriteOff => LedgerKind.WriteOff,
            PaymentChangeKind.Refund => LedgerKind.Refund,
            PaymentChangeKind.RefundTotal => LedgerKind.RefundTotal,
            PaymentChangeKind.RefundByPerson => LedgerKind.RefundByPerson,
            PaymentChangeKind.Chargeback or PaymentChangeKind.ChargebackReversed => LedgerKind.Chargeback,
            _ => null,
        };
}
