using Dunning.Book;

namespace Dunning.Settle;

/// <summary>Carries a payment fact into the ledger.</summary>
public static class Posting
{
    /// <returns>Null for a fact that moves no money: those change the chase, not the balance.</returns>
    public static LedgerEntry? Of(PaymentFact fact, PaymentEvent source, string provider, string invoiceId) =>
        KindOf(fact.Kind) is { } kind && fact.Amount is { } amount
            ? new(provider, fact.ObjectId, kind, invoiceId, amount, source.OccurredAt, source.Id)
            : null;

    /// <summary>What moves no money is kept too: only so can a word that comes late be told from news.</summary>
    /// <returns>Null for a fact that is no word about a payment.</returns>
    public static LedgerEntry? Word(PaymentFact fact, PaymentEvent source, string provider, Invoice invoice) =>
        WordOf(fact.Kind) is { } kind
            ? new(provider, fact.ObjectId, kind, invoice.Id.Invoice, Money.Zero(invoice.AmountDue.Currency), source.OccurredAt, source.Id)
            : null;

    private static LedgerKind? WordOf(PaymentFactKind kind) => kind switch
    {
        PaymentFactKind.InFlight => LedgerKind.InFlight,
        PaymentFactKind.Failed => LedgerKind.Failed,
        PaymentFactKind.Dispute => LedgerKind.Dispute,
        _ => null,
    };

    private static LedgerKind? KindOf(PaymentFactKind kind) => kind switch
    {
        PaymentFactKind.Payment => LedgerKind.Payment,
        PaymentFactKind.PaymentTotal => LedgerKind.PaymentTotal,
        PaymentFactKind.Refund => LedgerKind.Refund,
        PaymentFactKind.RefundTotal => LedgerKind.RefundTotal,
        PaymentFactKind.Chargeback or PaymentFactKind.ChargebackReversed => LedgerKind.Chargeback,
        _ => null,
    };
}
