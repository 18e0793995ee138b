using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>The event that began what a decision tells: it says who did that, and with which words.</summary>
internal static class DecisionCause
{
    /// <returns>Null for a code that nobody decides.</returns>
    public static InvoiceEvent? Find(InvoiceHistory history, DateOnly day, DayDecisionCode code) =>
        KindsOf(code) is { Length: > 0 } kinds
            ? history.Events.LastOrDefault(e => history.DayOf(e.At) <= day && kinds.Contains(e.Kind))
            : null;

    private static EventKind[] KindsOf(DayDecisionCode code) =>
        code switch
        {
            DayDecisionCode.OnHold => [EventKind.Held, EventKind.HandedOver],
            DayDecisionCode.Disputed => [EventKind.Disputed],
            DayDecisionCode.Promised => [EventKind.Promised],
            DayDecisionCode.PlanPart or DayDecisionCode.MilestoneNotReached => [EventKind.PlanAgreed],
            DayDecisionCode.Void => [EventKind.Voided],
            DayDecisionCode.WrittenOff => [EventKind.WrittenOff],
            _ => [],
        };
}
