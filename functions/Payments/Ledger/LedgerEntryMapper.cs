using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>Carries a payment fact into the ledger.</summary>
internal static class LedgerEntryMapper
{
    /// <returns>Null for a fact that moves no money: those change the reminders, not the balance.</returns>
    public static LedgerEntry? Map(PaymentChange fact, PaymentEvent source, string provider, Invoice invoice) =>
        KindOf(fact.Kind) is { } kind && fact.Amount is { } amount
            ? new(
                provider,
                fact.ObjectId,
                kind,
                invoice.Id.Invoice,
                // The provider's invoice may include more than ours, such as a balance that was carried over.
                kind is LedgerKind.PaidInFull
                    ? Money.Min(amount, invoice.AmountThatSettles)
                    : amount,
                source.OccurredAt,
                source.Id
            )
            {
                Revision = fact.Revision,
            }
            : null;

    /// <summary>What moves no money is kept too: only so can a word that comes late be told from news.</summary>
    /// <returns>Null for a fact that is no word about a payment.</returns>
    public static LedgerEntry? StatusEntry(PaymentChange fact, PaymentEvent source, string provider, Invoice invoice) =>
        StatusKind(fact.Kind) is { } kind
            ? new(
                provider,
                fact.ObjectId,
                kind,
                invoice.Id.Invoice,
                Money.Zero(invoice.AmountDue.Currency),
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

    private static LedgerKind? KindOf(PaymentChangeKind kind) =>
        kind switch
        {
            PaymentChangeKind.Payment => LedgerKind.Payment,
            PaymentChangeKind.PaymentTotal => LedgerKind.PaymentTotal,
            PaymentChangeKind.PaidInFull => LedgerKind.PaidInFull,
            PaymentChangeKind.CreditNote => LedgerKind.CreditNote,
            PaymentChangeKind.Refund => LedgerKind.Refund,
            PaymentChangeKind.RefundTotal => LedgerKind.RefundTotal,
            PaymentChangeKind.Chargeback or PaymentChangeKind.ChargebackReversed => LedgerKind.Chargeback,
            _ => null,
        };
}
