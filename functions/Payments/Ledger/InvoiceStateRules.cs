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
    private const string Refunded = "the payment was refunded",
        ChargedBack = "the payment was charged back",
        DisputedAt = "disputed at ";

    /// <param name="before">With the new balance and the old state.</param>
    /// <param name="previouslyOwed">The open amount before the new balance.</param>
    /// <param name="previous">The ledger without the change.</param>
    /// <param name="current">The ledger with the change.</param>
    /// <param name="entry">The entry that was added or changed.</param>
    public static Invoice Apply(
        Invoice before,
        Money previouslyOwed,
        LedgerSummary previous,
        LedgerSummary current,
        LedgerEntry entry,
        SourcedPaymentChange change,
        DateTimeOffset now,
        List<InvoiceEvent> events
    )
    {
        var after = before with { Pending = PendingAfter(before.Pending, current, entry, now) };
        if (after is { Closed: null, OpenAmount.IsPositive: false })
        {
            events.Add(
                new(
                    now,
                    EventKind.Settled,
                    after.ToleratedShortfall.IsPositive
                            ? $"Settled: the shortfall of {after.ToleratedShortfall} is within the policy's tolerance"
                        : after.OpenAmount.IsZero ? "Settled in full"
                        : $"Settled; overpaid by {-after.OpenAmount}: review the credit"
                )
            );
            return after with { Closed = new Closed(ClosedAs.Settled, now, "paid"), Dispute = null, Hold = null };
        }
        // Only a change that raises the open amount reopens a settled invoice. A part payment does not, even if the
        // ledger shows less than what the source had reported as paid.
        var reopens =
            after is { Closed.As: ClosedAs.Settled, OpenAmount.IsPositive: true } && after.OpenAmount > previouslyOwed;
        if (after.Closed is not null && !reopens)
            return after;
        var resumed = Unpause(after with { Closed = null }, current, now, events);
        after = Pause(resumed, previous, current, reopens, change, now);
        if (reopens)
            events.Add(
                new(now, EventKind.Reopened, $"Reopened with {after.OpenAmount} owed: {WhyReopened(after, entry)}")
            );
        return after;
    }

    private static PendingPayment? PendingAfter(
        PendingPayment? pending,
        LedgerSummary current,
        LedgerEntry entry,
        DateTimeOffset now
    )
    {
        if (entry.Kind is LedgerKind.InFlight && current.InFlightIds.Contains(entry.ObjectId))
            return new PendingPayment(entry.ObjectId, DebitClearing.EndFor(entry.Amount.Currency, now))
            {
                IsAnnounced = true,
            };
        if (pending?.ObjectId != entry.ObjectId || current.InFlightIds.Contains(entry.ObjectId))
            return pending;
        return current.InFlightIds.Count > 0 ? pending with { ObjectId = current.InFlightIds[0] } : null;
    }

    /// <summary>After a refund, chargeback or dispute no reminder is sent until a person resumes the invoice.</summary>
    private static Invoice Pause(
        Invoice invoice,
        LedgerSummary previous,
        LedgerSummary current,
        bool reopens,
        SourcedPaymentChange change,
        DateTimeOffset now
    )
    {
        var isRefunded = current.Refunded.IsPositive && (reopens || current.Refunded > previous.Refunded);
        var isChargedBack = current.ChargedBack.IsPositive && (reopens || current.ChargedBack > previous.ChargedBack);
        var isDisputed =
            current.DisputedIds.Count > 0 && (reopens || current.DisputedIds.Except(previous.DisputedIds).Any());
        // A hold without an end that a person set is not replaced.
        if (isRefunded && (invoice.Hold is null or { Until: not null } or { ApprovalFor: not null }))
            invoice = invoice with { Hold = new Hold(Refunded, now, Until: null) };
        var since = invoice.Dispute?.Since ?? now;
        return isChargedBack && (invoice.Dispute is null || IsFromProvider(invoice.Dispute))
                ? invoice with
                {
                    Dispute = new Dispute(ChargedBack, since),
                }
            : isDisputed && invoice.Dispute is null
                ? invoice with
                {
                    Dispute = new Dispute(
                        $"{DisputedAt}{PaymentEventText.ProviderName(change.Provider)}{PaymentEventText.Note(change)}",
                        since
                    ),
                }
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
        var isPaymentKnown = invoice.Hold?.AwaitedPayment is { } awaited && !current.InFlightIds.Contains(awaited);
        var holdIsOver = invoice.Hold?.Reason == Refunded && !current.Refunded.IsPositive || isPaymentKnown;
        var disputeIsOver = invoice.Dispute is { } dispute && IsFromProvider(dispute) && !current.IsDisputed;
        if (!holdIsOver && !disputeIsOver)
            return invoice;
        var (hold, disputed) = (holdIsOver ? null : invoice.Hold, disputeIsOver ? null : invoice.Dispute);
        if (hold is not null || disputed is not null)
            return invoice with { Hold = hold, Dispute = disputed };
        events.Add(
            new(
                now,
                EventKind.Resumed,
                isPaymentKnown ? "The outcome of the payment is known: reminders continue"
                    : holdIsOver ? "The refund was not completed: reminders continue"
                    : "The dispute is over: reminders continue"
            )
        );
        return invoice.Unpaused(now);
    }

    private static bool IsFromProvider(Dispute dispute) =>
        dispute.Reason == ChargedBack || dispute.Reason.StartsWith(DisputedAt, StringComparison.Ordinal);

    private static string WhyReopened(Invoice after, LedgerEntry entry) =>
        (after.Dispute?.Reason ?? after.Hold?.Reason) is { } reason
            ? $"{reason}; resume the invoice to continue reminders"
        : PaymentEventText.IsTakenBack(entry) ? "the recorded payment was taken back"
        : PaymentEventText.IsFailedPayment(entry) ? "the payment failed after all"
        : "less was paid than first reported";
}
