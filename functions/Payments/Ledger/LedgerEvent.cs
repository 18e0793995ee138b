using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>What the history of an invoice says about a change of its ledger.</summary>
internal static class LedgerEvent
{
    /// <param name="paid">The invoice with the new balance.</param>
    /// <returns>Null when the history needs no event.</returns>
    public static InvoiceEvent? Create(LedgerChange change, Invoice paid, DateTimeOffset now) =>
        KindOf(change, paid) is not { } kind
            ? null
            : new InvoiceEvent(now, kind)
            {
                Reason = ReasonOf(change, paid, kind),
                Provider = change.Entry.Provider,
                Entry = change.Entry,
                Amount = AmountOf(change),
                Owed = paid.OpenAmount,
                Decision = kind is EventKind.Decided ? OperatorDecisionKind.Assigned : null,
                By = change.Reported.Value.By,
                Text = change.Reported.Note,
            };

    private static Money AmountOf(LedgerChange change) =>
        change.IsPartMoved ? change.Stored!.Amount - change.Entry.Amount
        : change.IsTakenBack || change.IsWriteOffRemoved || change.IsWaived ? change.Stored!.Amount
        : change.Entry.Kind is LedgerKind.RefundByPerson ? change.Current.Refunded - change.Previous.Refunded
        : change.Entry.Amount;

    private static EventKind? KindOf(LedgerChange change, Invoice paid)
    {
        var (stored, entry, _, current, _) = change;
        return entry.Kind switch
        {
            LedgerKind.InFlight => paid.Closed is null && current.InFlightIds.Contains(entry.ObjectId)
                ? EventKind.PaymentPending
                : null,
            LedgerKind.Failed => paid.Closed is null && stored is null ? EventKind.PaymentFailed : null,
            LedgerKind.Dispute => stored is null && current.DisputedIds.Contains(entry.ObjectId)
                ? EventKind.Disputed
                : null,
            // A payment that failed and was never reported as paid has its event from the status entry.
            _ when stored?.Amount == entry.Amount || stored is null && change.IsFailedPayment => null,
            _ when change.IsPartMoved => EventKind.Decided,
            _ when change.IsTakenBack => EventKind.PaymentRemoved,
            _ when change.IsWriteOffRemoved => EventKind.WriteOffRemoved,
            _ when change.IsWaived => EventKind.ChargeWaived,
            LedgerKind.WriteOff => EventKind.WrittenOff,
            _ when change.IsFailedPayment => EventKind.PaymentFailed,
            LedgerKind.Refund or LedgerKind.RefundTotal or LedgerKind.RefundByPerson => EventKind.Refunded,
            LedgerKind.Chargeback => EventKind.ChargedBack,
            LedgerKind.CreditNote => EventKind.Credited,
            _ => EventKind.Paid,
        };
    }

    private static EventReason? ReasonOf(LedgerChange change, Invoice paid, EventKind kind) =>
        kind switch
        {
            _ when change.Entry.AssignedFrom is not null || change.Entry.Kind is LedgerKind.RefundByPerson =>
                EventReason.UnmatchedPayment,
            EventKind.PaymentFailed when change.IsFailedPayment => EventReason.FailedAfterAll,
            EventKind.Disputed => paid.Closed is null
                ? EventReason.PaymentDisputed
                : EventReason.PaymentDisputedAfterClosing,
            _ => null,
        };
}
