using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// What a person's decision about an unmatched payment does to one invoice. Pure; repeating it changes nothing.
/// </summary>
/// <param name="Payment">The payment as the provider reported it.</param>
internal sealed record PersonDecision(SourcedPaymentChange Payment, OperatorDecision Made)
{
    private PaymentKey Key => new(Payment.Provider, Payment.Value.ObjectId);

    /// <summary>The invoice gets an amount of the payment, instead of what it had of it.</summary>
    public Settlement Assign(DunningContext context, PaidInvoice paid, Money amount)
    {
        var stored = Key.EntryIn(paid.Ledger.Select(entry => entry.Value));
        if (stored?.Amount == amount)
            return Settlement.Decide(context, paid, Payment with { Value = AsStored(stored) });
        var part = Payment.Value with
        {
            Kind = KindOf(stored),
            Amount = amount,
            AssignedFrom = PaymentMatch.AssignmentKey(Payment.Provider, Payment.Value),
            By = Made.By,
            Note = Made.Note,
            Revision = (stored?.Revision ?? 0) + 1,
        };
        return Settlement.Decide(context, paid, Payment with { Value = part });
    }

    /// <summary>What the invoice does not need of the payment was given back.</summary>
    public SurplusRefund? Refund(DunningContext context, PaidInvoice paid)
    {
        LedgerEntry[] ledger = [.. paid.Ledger.Select(entry => entry.Value)];
        if (
            ledger.Any(e =>
                e.Kind is LedgerKind.RefundByPerson && (e.Provider, e.ObjectId) == (Key.Provider, Key.ObjectId)
            )
        )
            return new SurplusRefund(Transaction: null);
        if (PostedPart.Find(paid.Invoice.Value, ledger, Key) is not { Surplus: { IsPositive: true } surplus })
            return null;
        var before = Balance.Refunded([.. ledger.Where(e => e.Provider == Key.Provider)], surplus.Currency);
        var refund = Payment.Value with
        {
            Kind = PaymentChangeKind.RefundByPerson,
            Amount = before + surplus,
            By = Made.By,
            Note = Made.Note,
        };
        var source = Payment.Source with { OccurredAt = Made.At };
        return new(Settlement.Decide(context, paid, Payment with { Value = refund, Source = source }).Transaction);
    }

    /// <summary>A total that the provider reports would hide its other payments of the invoice.</summary>
    private static PaymentChangeKind KindOf(LedgerEntry? stored) =>
        stored?.Kind switch
        {
            LedgerKind.PaymentTotal => PaymentChangeKind.PaymentTotal,
            LedgerKind.PaidInFull => PaymentChangeKind.PaidInFull,
            _ => PaymentChangeKind.Payment,
        };

    private PaymentChange AsStored(LedgerEntry stored) =>
        Payment.Value with
        {
            Kind = KindOf(stored),
            Amount = stored.Amount,
            AssignedFrom = stored.AssignedFrom,
            Revision = stored.Revision,
        };
}

/// <param name="Transaction">Null when the refund was booked before.</param>
internal sealed record SurplusRefund(CustomerTransaction? Transaction) : IDecision;
