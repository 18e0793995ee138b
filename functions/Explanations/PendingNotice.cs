using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>A message that was planned and of which nothing more was recorded by the end of a day.</summary>
internal static class PendingNotice
{
    /// <returns>The event of the plan, or null when every planned message has an outcome.</returns>
    public static InvoiceEvent? Find(InvoiceHistory history, DateOnly day)
    {
        var past = history.Events.Where(e => history.DayOf(e.At) <= day).ToList();
        return past.FindLast(planned =>
            planned is { Kind: EventKind.Planned, Channels: { Count: > 0 } channels }
            && channels.Any(channel => !past.Exists(e => IsOutcome(e, planned, channel)))
        );
    }

    /// <summary>The last attempt to send a planned message, when the provider could not take it.</summary>
    public static InvoiceEvent? FindRetry(InvoiceHistory history, InvoiceEvent planned, DateOnly day) =>
        history.Events.LastOrDefault(e =>
            history.DayOf(e.At) <= day
            && e is { Kind: EventKind.Postponed, Notice: { } notice, Reason: null, Block: null }
            && IsPlanOf(planned, notice)
        );

    public static bool IsPlanOf(InvoiceEvent planned, NoticeId notice) =>
        planned.Kind is EventKind.Planned && notice.Plan == NoticeId.PlanAt(planned.At);

    private static bool IsOutcome(InvoiceEvent e, InvoiceEvent planned, Channel channel) =>
        e.Kind is EventKind.Sent or EventKind.NotSent or EventKind.Rejected or EventKind.InDoubt
        && e.Notice is { } notice
        // The notice that replaces a lost one has the plan of that one.
        && (planned.Reason is EventReason.AddressReplaced ? e.At >= planned.At : IsPlanOf(planned, notice))
        && e.Channels?.Contains(channel) is true;
}
