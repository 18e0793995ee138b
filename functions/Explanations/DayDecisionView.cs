using Dunning.Invoices;
using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>The response of <c>GET /api/invoices/{id}/why</c>.</summary>
internal sealed record DayDecisionView(DateOnly Date, string Decision, DayDecisionCode Code, string Words)
{
    public DateOnly? Until { get; init; }
    public StepId? Step { get; init; }
    public IReadOnlyList<StepId>? Skipped { get; init; }
    public NoticeId? Notice { get; init; }

    /// <summary>The day of the recent notice, for the code <c>recentNotice</c>.</summary>
    public DateOnly? RecentOn { get; init; }
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>Who received the messages.</summary>
    public IReadOnlyList<string>? To { get; init; }
    public string? By { get; init; }
    public HoldReason? Hold { get; init; }
    public int? Part { get; init; }

    /// <summary>The part that is in dispute; not asked for.</summary>
    public string? InDispute { get; init; }
    public IReadOnlyList<DayMessage>? Messages { get; init; }
    public required IReadOnlyList<EventView> Events { get; init; }

    public static DayDecisionView Create(DayDecision decision) =>
        new(decision.Date, decision.IsSent ? "sent" : "notSent", decision.Code, decision.Words)
        {
            Until = decision.Until,
            Step = decision.Step,
            Skipped = OrNull(decision.Skipped),
            Notice = decision.Notice,
            RecentOn = decision.RecentOn,
            Channels = OrNull(decision.Channels),
            To = OrNull([.. decision.Messages.SelectMany(message => message.To).Distinct()]),
            By = decision.By,
            Hold = decision.Hold,
            Part = decision.Part,
            InDispute = decision.DisputedPart?.ToDecimalString(),
            Messages = OrNull(decision.Messages),
            Events = [.. decision.Events.Select(EventView.Create)],
        };

    private static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> list) => list.Count > 0 ? list : null;
}
