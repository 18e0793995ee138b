using Dunning.Http;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Who takes back a recorded payment or a write-off, and why: <c>{"by": "Maya", "reason": "typed twice"}</c>.
/// </summary>
internal sealed record EntryRemoval(string By, string Reason)
{
    public static EntryRemoval Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Required("reason", Prose(500)));

    /// <summary>Replaces the entry by one of zero.</summary>
    public EntryRemovalDecision Decide(DunningContext context, PaidInvoice paid, LedgerKind kind, string objectId)
    {
        if (paid.Recorded(kind, objectId) is not { } recorded)
            return new(Invoice: null, Transaction: null);
        if (recorded.Amount.IsZero)
            return new(paid.Invoice.Value, Transaction: null);
        var settlement = Settlement.Decide(context, paid, Reverse(recorded, context.Now));
        return new(settlement.Invoice, settlement.Transaction);
    }

    private SourcedPaymentChange Reverse(LedgerEntry recorded, DateTimeOffset now)
    {
        var isWriteOff = recorded.Kind is LedgerKind.WriteOff;
        var change = new PaymentChange(
            isWriteOff ? PaymentChangeKind.WriteOff : PaymentChangeKind.Payment,
            recorded.ObjectId,
            [],
            [],
            Money.Zero(recorded.Amount.Currency),
            Reason
        )
        {
            By = By,
            Revision = recorded.Revision + 1,
        };
        var source = new PaymentEvent(
            $"removed-{change.Revision}-{recorded.ObjectId}",
            isWriteOff ? "write_off.removed" : "payment.removed",
            now,
            Live: true,
            [change]
        );
        return new SourcedPaymentChange(LedgerEntry.RecordedByHand, source, change);
    }
}

/// <param name="Invoice">After the removal; null when it has no such entry.</param>
/// <param name="Transaction">Null when there is nothing to remove.</param>
internal sealed record EntryRemovalDecision(Invoice? Invoice, CustomerTransaction? Transaction) : IDecision;
