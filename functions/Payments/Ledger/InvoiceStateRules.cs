using Dunning.Policies.Calendars;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>
/// What a change of the ledger does to the reminders: settled, opened again, on hold, in dispute, waiting for money on
/// its way. It follows from what the ledger says and not from what was heard last; what a person has decided meanwhile
/// stands until the ledger says something new.
/// </summary>
internal static class InvoiceStateRules
{
    private const string Refunded = "the payment was refunded",
        ChargedBack = "the payment was charged back",
        DisputedAt = "disputed at ";

    /// <param name="before">With the new balance and the old state.</param>
    /// <param name="owed">What was owed by the old balance.</param>
    /// <param name="entry">What has changed in the ledger.</param>
    public static Invoice Apply(
        Invoice before,
        Money owed,
        LedgerSummary was,
        LedgerSummary now,
        LedgerEntry entry,
        SourcedPaymentChange fact,
        DateTimeOffset at,
        List<InvoiceEvent> events
    )
    {
        var after = before with { Pending = Wait(before.Pending, now, entry, at) };
        if (after is { Closed: null, OpenAmount.IsPositive: false })
        {
            events.Add(
                new(
                    at,
                    EventKind.Settled,
                    after.ToleratedShortfall.IsPositive
                            ? $"Settled: the policy lets the missing {after.ToleratedShortfall} go"
                        : after.OpenAmount.IsZero ? "Settled in full"
                        : $"Settled, {-after.OpenAmount} too much: a credit for a person to look at"
                )
            );
            return after with { Closed = new Closed(ClosedAs.Settled, at, "paid"), Dispute = null, Hold = null };
        }
        // Only what raises the debt opens again: a part payment does not, whatever it leaves of what the source called
        // paid.
        var reopens = after is { Closed.As: ClosedAs.Settled, OpenAmount.IsPositive: true } && after.OpenAmount > owed;
        if (after.Closed is not null && !reopens)
            return after;
        after = Pause(Unpause(after with { Closed = null }, now, at, events), was, now, reopens, fact, at);
        if (reopens)
            events.Add(
                new(at, EventKind.Reopened, $"Reopened with {after.OpenAmount} owed: {WhyReopened(after, entry)}")
            );
        return after;
    }

    private static PendingPayment? Wait(
        PendingPayment? pending,
        LedgerSummary now,
        LedgerEntry entry,
        DateTimeOffset at
    )
    {
        if (entry.Kind is LedgerKind.InFlight && now.OnItsWay.Contains(entry.ObjectId))
            return new PendingPayment(entry.ObjectId, DebitClearing.EndFor(entry.Amount.Currency, at));
        if (pending?.ObjectId != entry.ObjectId || now.OnItsWay.Contains(entry.ObjectId))
            return pending;
        return now.OnItsWay.Count > 0 ? pending with { ObjectId = now.OnItsWay[0] } : null;
    }

    /// <summary>No reminder is sent for money that was given or taken back until a person has said so.</summary>
    private static Invoice Pause(
        Invoice invoice,
        LedgerSummary was,
        LedgerSummary now,
        bool reopens,
        SourcedPaymentChange fact,
        DateTimeOffset at
    )
    {
        var isRefunded = now.Refunded.IsPositive && (reopens || now.Refunded > was.Refunded);
        var isChargedBack = now.ChargedBack.IsPositive && (reopens || now.ChargedBack > was.ChargedBack);
        var isDisputed = now.Disputed.Count > 0 && (reopens || now.Disputed.Except(was.Disputed).Any());
        // What waits for a person already, by a person's own word, goes on waiting for that.
        if (isRefunded && (invoice.Hold is null or { Until: not null } or { ApprovalFor: not null }))
            invoice = invoice with { Hold = new Hold(Refunded, at, Until: null) };
        var since = invoice.Dispute?.Since ?? at;
        return isChargedBack && (invoice.Dispute is null || IsFromProvider(invoice.Dispute))
                ? invoice with
                {
                    Dispute = new Dispute(ChargedBack, since),
                }
            : isDisputed && invoice.Dispute is null
                ? invoice with
                {
                    Dispute = new Dispute(
                        $"{DisputedAt}{PaymentEventText.NameOf(fact.Provider)}{PaymentEventText.Note(fact)}",
                        since
                    ),
                }
            : invoice;
    }

    /// <summary>A refund that failed, a chargeback that was taken back: what waited for that alone goes on.</summary>
    private static Invoice Unpause(Invoice invoice, LedgerSummary now, DateTimeOffset at, List<InvoiceEvent> events)
    {
        var isPaymentKnown = invoice.Hold?.AwaitedPayment is { } awaited && !now.OnItsWay.Contains(awaited);
        var holdIsOver = invoice.Hold?.Reason == Refunded && !now.Refunded.IsPositive || isPaymentKnown;
        var disputeIsOver = invoice.Dispute is { } dispute && IsFromProvider(dispute) && !now.IsDisputed;
        if (!holdIsOver && !disputeIsOver)
            return invoice;
        var (hold, disputed) = (holdIsOver ? null : invoice.Hold, disputeIsOver ? null : invoice.Dispute);
        if (hold is not null || disputed is not null)
            return invoice with { Hold = hold, Dispute = disputed };
        events.Add(
            new(
                at,
                EventKind.Resumed,
                isPaymentKnown ? "The outcome of the payment is known: reminders go on"
                    : holdIsOver ? "The refund came to nothing: reminders go on"
                    : "The dispute is over: reminders go on"
            )
        );
        return invoice.Unpaused(at);
    }

    private static bool IsFromProvider(Dispute dispute) =>
        dispute.Reason == ChargedBack || dispute.Reason.StartsWith(DisputedAt, StringComparison.Ordinal);

    private static string WhyReopened(Invoice after, LedgerEntry entry) =>
        (after.Dispute?.Reason ?? after.Hold?.Reason) is { } reason
            ? $"{reason}; resume the invoice to go on with reminders"
        : PaymentEventText.IsTakenBack(entry) ? "the recorded payment was taken back"
        : PaymentEventText.IsUndone(entry) ? "the payment failed after all"
        : "less was paid than was told at first";
}
