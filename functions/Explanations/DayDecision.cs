using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>
/// The decision of one day about one invoice, from stored codes and dates: the rules of today are not asked, because
/// they may have changed since.
/// </summary>
/// <param name="Date">In the customer's zone.</param>
public sealed record DayDecision(DateOnly Date, DayDecisionCode Code)
{
    /// <summary>The messages that were sent, oldest first; empty when none was.</summary>
    public IReadOnlyList<DayMessage> Messages { get; init; } = [];

    /// <summary>The step that was taken, waits or is next.</summary>
    public StepId? Step { get; init; }

    /// <summary>
    /// The first day on which the reason no longer holds, or the day of the next step, part or promised payment; null
    /// when there is none.
    /// </summary>
    public DateOnly? Until { get; init; }

    /// <summary>The notice that covers the step, or was not sent.</summary>
    public NoticeId? Notice { get; init; }

    /// <summary>The day of the recent notice from which the minimum days are counted.</summary>
    public DateOnly? RecentOn { get; init; }
    public IReadOnlyList<Channel> Channels { get; init; } = [];

    /// <summary>Who decided it: the person or source that held, disputed, promised or closed; else null.</summary>
    public string? By { get; init; }
    public HoldReason? Hold { get; init; }

    /// <summary>The number of the part of a plan that falls due next.</summary>
    public int? Part { get; init; }

    /// <summary>What is in dispute, where that is a part and the rest is asked for.</summary>
    public Money? DisputedPart { get; init; }

    /// <summary>
    /// Ids of the steps that were skipped on the day, because a later one was due or their time had passed.
    /// </summary>
    public IReadOnlyList<StepId> Skipped { get; init; } = [];

    /// <summary>What the person or the provider wrote, unchanged. Erasure removes it.</summary>
    public string? Text { get; init; }

    /// <summary>The events of the day, oldest first.</summary>
    public IReadOnlyList<InvoiceEvent> Events { get; init; } = [];

    public bool IsSent => Code is DayDecisionCode.Sent;

    /// <summary>The decision in words.</summary>
    public string Words => DayDecisionText.Of(this);

    /// <param name="day">In the customer's zone; not in the future.</param>
    public static DayDecision Decide(InvoiceHistory history, DateOnly day)
    {
        var snapshot = history.SnapshotOf(day);
        var decision =
            day < history.AcceptedOn ? new(day, DayDecisionCode.NotAccepted) { Until = history.AcceptedOn }
            : DayMessage.SentOn(history, day) is { Count: > 0 } messages ? Sent(day, messages)
            : history.Invoice.ErasedAt is { } erased && history.DayOf(erased) <= day ? new(day, DayDecisionCode.Erased)
            : EventDecision.Find(history, day)
                ?? (
                    snapshot is null
                        ? new(day, DayDecisionCode.NotRecorded)
                        : SnapshotDecision.Decide(history, day, snapshot)
                );
        return decision with
        {
            DisputedPart = snapshot?.DisputedPart,
            Skipped = SkippedOn(history, day),
            Events = history.EventsOn(day),
        };
    }

    private static IReadOnlyList<StepId> SkippedOn(InvoiceHistory history, DateOnly day)
    {
        var events = history.EventsOn(day);
        var missedBefore = history.SnapshotOf(day.AddDays(-1))?.MissedStep;
        return
        [
            .. events
                .SelectMany(e => e.SkippedSteps ?? [])
                .Concat(events.Select(e => e.Snapshot?.MissedStep).OfType<StepId>().Where(s => s != missedBefore))
                .Distinct(),
        ];
    }

    private static DayDecision Sent(DateOnly day, IReadOnlyList<DayMessage> messages)
    {
        var isLost = messages.All(message => message.Delivery is EventKind.NotDelivered);
        return new(day, isLost ? DayDecisionCode.NotDelivered : DayDecisionCode.Sent)
        {
            Messages = messages,
            Step = messages.Select(message => message.Step).FirstOrDefault(step => step is not null),
            Notice = messages[0].Notice,
            Channels = [.. messages.SelectMany(message => message.Channels).Distinct()],
        };
    }
}
