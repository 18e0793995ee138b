using Dunning.Http;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Who takes back a recorded payment or a write-off, and why: <c>{"by": "Maya", "reason": "typed twice"}</c>.
/// </summary>
internal sealed record EntryRemoval(string By, string Reason)
{
    public static EntryRemoval Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Required("reason", Prose(500)));

    /// <summary>The change that replaces the entry by one of zero.</summary>
    public SourcedPaymentChange Reverse(LedgerEntry recorded, DateTimeOffset now)
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
