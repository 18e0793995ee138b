using Dunning.Http;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Who takes back a recorded payment or a write-off, or waives a charge, and why:
/// <c>{"by": "Maya", "reason": "typed twice"}</c>.
/// </summary>
internal sealed record EntryRemoval(string By, string Reason)
{
    public static EntryRemoval Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Required("reason", Prose(500)));

    /// <summary>Replaces the entry by one of zero.</summary>
    /// <param name="find">Finds the entry in the invoice's ledger.</param>
    public EntryRemovalDecision Decide(DunningContext context, PaidInvoice paid, Func<LedgerEntry, bool> find)
    {
        if (paid.Ledger.Select(entry => entry.Value).FirstOrDefault(find) is not { } recorded)
            return new(Invoice: null, Transaction: null);
        if (recorded.Amount.IsZero)
            return new(paid.Invoice.Value, Transaction: null);
        var settlement = Settlement.Decide(context, paid, Reverse(recorded, context.Now));
        return new(settlement.Invoice, settlement.Transaction);
    }

    private SourcedPaymentChange Reverse(LedgerEntry recorded, DateTimeOffset now)
    {
        var (kind, type) = recorded.Kind switch
        {
            LedgerKind.WriteOff => (PaymentChangeKind.WriteOff, "write_off.removed"),
            LedgerKind.Payment => (PaymentChangeKind.Payment, "payment.removed"),
            _ => (PaymentChangeKind.Charge, "charge.waived"),
        };
        var change = new PaymentChange(kind, recorded.ObjectId, [], [], Money.Zero(recorded.Amount.Currency), Reason)
        {
            By = By,
            Revision = recorded.Revision + 1,
            Charged = kind is PaymentChangeKind.Charge ? recorded : null,
            // It was charged on that day, waived or not.
            ValueDate = kind is PaymentChangeKind.Charge ? recorded.ValueDate : null,
        };
        var source = new PaymentEvent(
            $"removed-{change.Revision}-{recorded.ObjectId}",
            type,
            now,
            Live: true,
            [change]
        );
        return new SourcedPaymentChange(recorded.Provider, source, change);
    }
}

/// <param name="Invoice">After the removal; null when it has no such entry.</param>
/// <param name="Transaction">Null when there is nothing to remove.</param>
internal sealed record EntryRemovalDecision(Invoice? Invoice, CustomerTransaction? Transaction) : IDecision;
