using Dunning.Policies.Calendars;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>
/// What a change of the ledger does to the invoice's state: settled, reopened, on hold, in dispute, payment pending.
/// The state follows from the sum of the ledger and not from the last event. What a person decided remains until the
/// ledger changes again.
/// </summary>
internal static class InvoiceStateRules
{
    /// <param name="before">With the new balance and the old state.</param>
    /// <param name="events">Receives the events about the new state.</param>
    public static Invoice Apply(Invoice before, LedgerChange change, DateTimeOffset now, List<InvoiceEvent> events)
    {
        var after = before with
        {
            Payments = before.Payments with { Pending = PendingAfter(before.Payments.Pending, change, now) },
        };
        if (before.Payments.Pending is { IsClaimed: true } && after.Payments.Pending is not { IsClaimed: true })
            after = after.WithoutFollowUps(FollowUpKind.PaymentClaimed);
        var isClosed = after.Closed is not null && !IsClaimedAgain(after, change);
        if (!isClosed && !after.OpenAmount.IsPositive)
            return Close(after, change, now, events);
        // Only a change that raises the open amount reopens a settled invoice. A part payment does not, even if the
        // ledger shows less than what the source had reported as paid.
        var reopens =
            after is { Closed.As: ClosedAs.Settled, OpenAmount.IsPositive: true }
            && after.OpenAmount > change.OwedBefore;
        if (isClosed && !reopens)
            return after;
        after = EndCollection(after, change, now, events);
        var resumed = Unpause(after with { Closed = null }, change.Current, now, events);
        // Taking back a write-off says nothing about an earlier refund or chargeback: what a person decided then stays.
        after = Pause(resumed, change, reopens && !change.IsWriteOffRemoved, now);
        if (before.Closed is not null)
            events.Add(Reopened(after, change, now));
        return after;
    }

    /// <summary>When the money could not be collected, or was taken back, the customer is asked to pay.</summary>
    private static Invoice EndCollection(
        Invoice invoice,
        LedgerChange change,
        DateTimeOffset now,
        List<InvoiceEvent> events
    )
    {
        var hasFailed =
            change.Entry.Kind is LedgerKind.Failed && change.Stored is null
            || change.IsFailedPayment
            || change.Current.ChargedBack > change.Previous.ChargedBack;
        if (!invoice.IsCollected || !hasFailed)
            return invoice;
        events.Add(new(now, EventKind.CollectionFailed) { Text = change.Reported.Note });
        return invoice with { Payments = invoice.Payments with { CollectionFailedAt = now } };
    }

    /// <summary>Whether a write-off that closed the invoice was taken back.</summary>
    private static bool IsClaimedAgain(Invoice invoice, LedgerChange change) =>
        change.IsWriteOffRemoved && invoice.Closed is { As: ClosedAs.WrittenOff, By: ClosedBy.Person };

    private static Invoice Close(Invoice paid, LedgerChange change, DateTimeOffset now, List<InvoiceEvent> events)
    {
        // A hold or a dispute stays: it goes on if the write-off is taken back.
        if (change.Entry.Kind is LedgerKind.WriteOff && !change.IsWriteOffRemoved)
            return paid with
            {
                Closed = new Closed(ClosedAs.WrittenOff, now, ClosedBy.Person) { Text = change.Reported.Note },
            };
        events.Add(Settled(paid, now));
        return paid with
        {
            Dunning = paid.Dunning with
            {
                Dispute = null,
                // The collector still has it, should the payment be taken back.
                Hold = paid.Dunning.Hold is { Reason: HoldReason.HandedOver } handedOver ? handedOver : null,
            },
            Closed = new Closed(ClosedAs.Settled, now, ClosedBy.Ledger),
        };
    }

    private static InvoiceEvent Settled(Invoice paid, DateTimeOffset now)
    {
        var settled = new InvoiceEvent(now, EventKind.Settled);
        if (paid.ToleratedShortfall is { IsPositive: true } shortfall)
            return settled with { Reason = EventReason.WithinTolerance, Amount = shortfall };
        return paid.OpenAmount.IsZero
            ? settled
            : settled with
            {
                Reason = EventReason.Overpaid,
                Amount = -paid.OpenAmount,
            };
    }

    private static PendingPayment? PendingAfter(PendingPayment? pending, LedgerChange change, DateTimeOffset now)
    {
        var (entry, inFlight) = (change.Entry, change.Current.InFlightIds);
        if (entry.Kind is LedgerKind.InFlight && inFlight.Contains(entry.ObjectId))
            return new PendingPayment(entry.ObjectId, DebitClearing.EndFor(entry.Amount.Currency, now))
            {
                IsAnnounced = true,
            };
        // Whatever arrives is what the customer has paid: the rest is asked for.
        if (pending is { IsClaimed: true } && change.Current.Paid > change.Previous.Paid)
            return null;
        if (pending?.ObjectId != entry.ObjectId || inFlight.Contains(entry.ObjectId))
            return pending;
        return inFlight.Count > 0 ? pending with { ObjectId = inFlight[0] } : null;
    }

    /// <summary>After a refund, chargeback or dispute no reminder is sent until a person resumes the invoice.</summary>
    private static Invoice Pause(Invoice invoice, LedgerChange change, bool reopens, DateTimeOffset now)
    {
        var (previous, current) = (change.Previous, change.Current);
        var isRefunded = current.Refunded.IsPositive && (reopens || current.Refunded > previous.Refunded);
        var isChargedBack = current.ChargedBack.IsPositive && (reopens || current.ChargedBack > previous.ChargedBack);
        var isDisputed =
            current.DisputedIds.Count > 0 && (reopens || current.DisputedIds.Except(previous.DisputedIds).Any());
        // A hold without an end that a person set is not replaced.
        if (isRefunded && (invoice.Dunning.Hold is null or { Until: not null } or { ApprovalFor: not null }))
            invoice = invoice.WithHold(new(HoldReason.PaymentRefunded, now, Until: null));
        var dispute = invoice.Dunning.Dispute;
        var since = dispute?.Since ?? now;
        if (isChargedBack && (dispute is null or { IsAboutPayment: true }))
            return invoice.WithDispute(new(DisputeReason.PaymentChargedBack, since));
        return isDisputed && dispute is null
            ? invoice.WithDispute(
                new(DisputeReason.PaymentDisputed, since)
                {
                    Provider = change.Reported.Provider,
                    Text = change.Reported.Note,
                }
            )
            : invoice;
    }

    /// <summary>
    /// Ends the hold after a refund that failed and the dispute after a chargeback that was reversed. Reminders
    /// continue unless there is another hold or dispute.
    /// </summary>
    private static Invoice Unpause(
        Invoice invoice,
        LedgerSummary current,
        DateTimeOffset now,
        List<InvoiceEvent> events
    )
    {
        var isPaymentKnown =
            invoice.Dunning.Hold?.AwaitedPayment is { } awaited && !current.InFlightIds.Contains(awaited);
        var holdIsOver =
            invoice.Dunning.Hold?.Reason is HoldReason.PaymentRefunded && !current.Refunded.IsPositive
            || isPaymentKnown;
        var disputeIsOver = invoice.Dunning.Dispute is { IsAboutPayment: true } && !current.IsDisputed;
        if (!holdIsOver && !disputeIsOver)
            return invoice;
        var (hold, disputed) = (
            holdIsOver ? null : invoice.Dunning.Hold,
            disputeIsOver ? null : invoice.Dunning.Dispute
        );
        if (hold is not null || disputed is not null)
            return invoice.WithHold(hold).WithDispute(disputed);
        events.Add(
            new(now, EventKind.Resumed)
            {
                Reason =
                    isPaymentKnown ? EventReason.PaymentOutcomeKnown
                    : holdIsOver ? EventReason.RefundFailed
                    : EventReason.DisputeOver,
            }
        );
        return invoice.Unpaused(now);
    }

    private static InvoiceEvent Reopened(Invoice after, LedgerChange change, DateTimeOffset now)
    {
        var (hold, dispute) = (after.Dunning.Hold, after.Dunning.Dispute);
        var reopened = new InvoiceEvent(now, EventKind.Reopened)
        {
            Owed = after.OpenAmount,
            Provider = dispute?.Provider,
            Text = dispute?.Text,
        };
        return dispute?.Reason switch
        {
            DisputeReason.PaymentChargedBack => reopened with { Reason = EventReason.ChargedBack },
            DisputeReason.PaymentDisputed => reopened with { Reason = EventReason.PaymentDisputed },
            not null => reopened with { Block = DunningBlock.Disputed },
            _ when hold?.Reason is HoldReason.PaymentRefunded => reopened with { Reason = EventReason.Refunded },
            _ when hold is not null => reopened with { Block = DunningBlock.OnHold },
            _ when change.IsTakenBack => reopened with { Reason = EventReason.PaymentRemoved },
            _ when change.IsWriteOffRemoved => reopened with { Reason = EventReason.WriteOffRemoved },
            _ when change.IsPartMoved => reopened with { Reason = EventReason.UnmatchedPayment },
            _ when change.IsFailedPayment => reopened with { Reason = EventReason.FailedAfterAll },
            _ => reopened with { Reason = EventReason.LessPaid },
        };
    }
}
