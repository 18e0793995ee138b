using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>The decision of a day on which no event decides: what the invoice waited for at its end.</summary>
internal static class SnapshotDecision
{
    public static DayDecision Decide(InvoiceHistory history, DateOnly day, DunningSnapshot snapshot)
    {
        if (snapshot.Block is { } block && EventDecision.CodeOf(block) is var code && IsLasting(code))
            return Decided(history, day, code);
        if (snapshot.Hold is { } hold && (snapshot.HeldUntil is null || snapshot.HeldUntil > day))
            return Held(history, day, snapshot, hold);
        if (snapshot.PendingUntil is { } pending && history.DayOf(pending) > day)
            return Decided(history, day, DayDecisionCode.PaymentPending) with { Until = history.DayOf(pending) };
        // After its last day a promise is waited for until the scan of the next business day has judged it.
        if (snapshot.PromisedOn is not null && !IsPast(history, day, snapshot.Next))
            return Decided(history, day, DayDecisionCode.Promised) with { Until = snapshot.PromisedOn };
        if (PendingNotice.Find(history, day) is { } planned)
            return Waiting(history, day, planned, snapshot);
        if (snapshot.Block is DunningBlock.Collected or DunningBlock.MilestoneNotReached)
            return Decided(history, day, EventDecision.CodeOf(snapshot.Block.Value)) with { Part = snapshot.Part };
        return Next(history, day, snapshot);
    }

    /// <summary>What ends by an event only; holds, pending payments and promises end by their day, too.</summary>
    private static bool IsLasting(DayDecisionCode code) =>
        code
            is not (
                DayDecisionCode.OnHold
                or DayDecisionCode.PaymentPending
                or DayDecisionCode.Promised
                or DayDecisionCode.Collected
                or DayDecisionCode.MilestoneNotReached
            );

    private static DayDecision Held(InvoiceHistory history, DateOnly day, DunningSnapshot snapshot, HoldReason hold) =>
        Decided(
            history,
            day,
            hold is HoldReason.AwaitsApproval ? DayDecisionCode.AwaitsApproval : DayDecisionCode.OnHold
        ) with
        {
            Hold = hold,
            Step = snapshot.ApprovalFor,
            Until = snapshot.HeldUntil,
        };

    private static DayDecision Waiting(
        InvoiceHistory history,
        DateOnly day,
        InvoiceEvent planned,
        DunningSnapshot snapshot
    )
    {
        var retry = PendingNotice.FindRetry(history, planned, day);
        return new(
            day,
            snapshot.NoNextReason is DunningBlock.AwaitsPerson ? DayDecisionCode.AwaitsPerson
                : history.WasSendingStoppedOn(day) ? DayDecisionCode.SendingStopped
                : retry is not null ? DayDecisionCode.RetryLater
                : DayDecisionCode.Planned
        )
        {
            Step = planned.Step,
            Channels = planned.Channels ?? [],
            Notice = retry?.Notice,
            Text = retry?.Text,
        };
    }

    private static DayDecision Next(InvoiceHistory history, DateOnly day, DunningSnapshot snapshot)
    {
        if (snapshot.Next is not { } next)
            return new(
                day,
                snapshot.NoNextReason is { } reason ? EventDecision.CodeOf(reason) : DayDecisionCode.NoFurtherStep
            );
        var due = history.DayOf(next.At);
        StepId? step = DunningSchedule.IsReserved(next.Step) ? null : next.Step;
        var code =
            IsPast(history, day, next) ? DayDecisionCode.NotDecided
            : next.DelayedBy is EventReason.RecentNotice ? DayDecisionCode.RecentNotice
            : next.DelayedBy is EventReason.ContactCap ? DayDecisionCode.ContactCap
            : next.DelayedBy is EventReason.NonBusinessDay ? DayDecisionCode.NonBusinessDay
            : next.DelayedBy is EventReason.FeedSilent ? DayDecisionCode.FeedSilent
            : next.DelayedBy is EventReason.QuietDay ? DayDecisionCode.QuietDay
            : snapshot.PartDue is not null ? DayDecisionCode.PlanPart
            : DayDecisionCode.NextStepLater;
        return Decided(history, day, code) with
        {
            Step = step,
            Until = code is DayDecisionCode.PlanPart ? snapshot.PartDue : due,
            RecentOn = next.SpacedSince,
            Part = snapshot.Part,
        };
    }

    /// <summary>Whether the step has fallen due by the end of the day, or by now.</summary>
    private static bool IsPast(InvoiceHistory history, DateOnly day, NextStep? next) =>
        next is not null
        && history.DayOf(next.At) is var due
        && (due < day || due == day && (day < history.Today || next.At <= history.Context.Now));

    /// <summary>With the person or source that decided it.</summary>
    private static DayDecision Decided(InvoiceHistory history, DateOnly day, DayDecisionCode code)
    {
        var cause = DecisionCause.Find(history, day, code);
        return new(day, code) { By = cause?.By, Text = cause?.Text };
    }
}
