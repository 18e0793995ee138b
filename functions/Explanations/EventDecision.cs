using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>The decision that an event of the day records: the last one counts.</summary>
internal static class EventDecision
{
    /// <returns>Null when no event of the day decides.</returns>
    public static DayDecision? Find(InvoiceHistory history, DateOnly day)
    {
        var events = history.EventsOn(day);
        // A message that was planned after the last decision waits; the state of the day says for what.
        var planned = events.LastOrDefault(e => e.Kind is EventKind.Planned);
        var decisive =
            events.LastOrDefault(e => e.Kind is not EventKind.StepSkipped && CodeOf(e) is not null)
            ?? (planned is null ? events.LastOrDefault(e => CodeOf(e) is not null) : null);
        if (decisive is null || planned is not null && IsAfter(events, planned, decisive))
            return null;
        var code = CodeOf(decisive)!.Value;
        return Create(
            history,
            day,
            decisive,
            code switch
            {
                // The sender saw the stop after it had claimed the message.
                DayDecisionCode.RetryLater when history.WasSendingStoppedOn(day) => DayDecisionCode.SendingStopped,
                _ => code,
            }
        );
    }

    private static DayDecision Create(InvoiceHistory history, DateOnly day, InvoiceEvent e, DayDecisionCode code)
    {
        var (snapshot, cause) = (e.Snapshot ?? history.SnapshotOf(day), DecisionCause.Find(history, day, code));
        return new(day, code)
        {
            Step = e.Step ?? e.SkippedSteps?[^1] ?? StepOf(history, e),
            Notice = e.Notice,
            Channels = e.Channels ?? [],
            RecentOn = e.Reason is EventReason.RecentNotice ? e.Date : null,
            Until = UntilOf(history, e, code, snapshot),
            By = e.By ?? cause?.By,
            Hold = code is DayDecisionCode.OnHold ? snapshot?.Hold : null,
            Text = e.Text ?? cause?.Text,
        };
    }

    private static bool IsAfter(IReadOnlyList<InvoiceEvent> events, InvoiceEvent later, InvoiceEvent earlier)
    {
        var order = events.ToList();
        return order.IndexOf(later) > order.IndexOf(earlier);
    }

    /// <summary>Null for an event that does not say why nothing was sent.</summary>
    internal static DayDecisionCode? CodeOf(InvoiceEvent e) =>
        e switch
        {
            { Kind: EventKind.NotSent or EventKind.Postponed, Block: { } block } => CodeOf(block),
            { Kind: EventKind.Postponed } => e.Reason switch
            {
                EventReason.RecentNotice => DayDecisionCode.RecentNotice,
                EventReason.OutsideSendWindow => DayDecisionCode.OutsideSendWindow,
                EventReason.NonBusinessDay => DayDecisionCode.NonBusinessDay,
                EventReason.QuietDay => DayDecisionCode.QuietDay,
                EventReason.FeedSilent => DayDecisionCode.FeedSilent,
                EventReason.RateLimited => DayDecisionCode.RateLimited,
                EventReason.ContactCap => DayDecisionCode.ContactCap,
                _ => DayDecisionCode.RetryLater,
            },
            { Kind: EventKind.Covered } => DayDecisionCode.Covered,
            { Kind: EventKind.Rejected } => DayDecisionCode.Rejected,
            { Kind: EventKind.InDoubt } => DayDecisionCode.InDoubt,
            { Kind: EventKind.ApprovalNeeded } => DayDecisionCode.AwaitsApproval,
            { Kind: EventKind.StepSkipped } => DayDecisionCode.StepSkipped,
            { Kind: EventKind.TaskForPerson, Reason: EventReason.StepNeedsPerson } => DayDecisionCode.TaskForPerson,
            { Kind: EventKind.TaskForPerson, Reason: EventReason.NoAddressLeft } => DayDecisionCode.AddressDead,
            _ => null,
        };

    /// <summary>The code of a block bears its name; a test shows that none is missing.</summary>
    internal static DayDecisionCode CodeOf(DunningBlock block) => Enum.Parse<DayDecisionCode>(block.ToString());

    /// <summary>The step for which the notice of the event was planned.</summary>
    private static StepId? StepOf(InvoiceHistory history, InvoiceEvent e) =>
        e.Notice is { } notice
            ? history.Events.LastOrDefault(planned => PendingNotice.IsPlanOf(planned, notice))?.Step
            : null;

    private static DateOnly? UntilOf(
        InvoiceHistory history,
        InvoiceEvent e,
        DayDecisionCode code,
        DunningSnapshot? snapshot
    ) =>
        code switch
        {
            DayDecisionCode.OutsideSendWindow
            or DayDecisionCode.NonBusinessDay
            or DayDecisionCode.QuietDay
            or DayDecisionCode.FeedSilent
            or DayDecisionCode.RateLimited => e.Date,
            DayDecisionCode.OnHold => snapshot?.HeldUntil,
            DayDecisionCode.Promised => snapshot?.PromisedOn,
            DayDecisionCode.PaymentPending => history.DayOf(snapshot?.PendingUntil),
            _ => history.DayOf(snapshot?.Next?.At),
        };
}
