using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Explanations;

/// <summary>What is stored about an invoice; every decision of a past day is read from it.</summary>
/// <param name="Events">Oldest first.</param>
/// <param name="Sending">When all sending was stopped.</param>
/// <param name="Context">For the customer's zone and the present.</param>
public sealed record InvoiceHistory(
    Invoice Invoice,
    IReadOnlyList<InvoiceEvent> Events,
    SendingState Sending,
    DunningContext Context
)
{
    public DateOnly Today => Context.Today;

    public DateOnly AcceptedOn => DayOf(Invoice.AcceptedAt);

    public DateOnly DayOf(DateTimeOffset at) => Context.DayOf(at);

    internal DateOnly? DayOf(DateTimeOffset? at) => at is { } instant ? DayOf(instant) : null;

    public IReadOnlyList<InvoiceEvent> EventsOn(DateOnly day) => [.. Events.Where(e => DayOf(e.At) == day)];

    /// <summary>Where the dunning stood at the end of a day, or stands now; null when that is not recorded.</summary>
    internal DunningSnapshot? SnapshotOf(DateOnly day)
    {
        // Nothing has changed since, so what is stored now was true then.
        if (day >= Today || !Events.Any(e => DayOf(e.At) > day))
            return DunningSnapshot.Of(Invoice, Context.Now);
        return Events
            .Where(e => DayOf(e.At) <= day)
            .Select(e => e.Snapshot)
            .OfType<DunningSnapshot>()
            .MaxBy(snapshot => snapshot.Revision);
    }

    /// <summary>Whether all sending was stopped at some time of a day.</summary>
    internal bool WasSendingStoppedOn(DateOnly day)
    {
        var end = DateOnly.MaxValue;
        // Newest first: each stop lasts until the change after it.
        foreach (var change in Sending.Changes)
        {
            if (change.IsStop && DayOf(change.At) <= day && day <= end)
                return true;
            end = DayOf(change.At);
        }
        return false;
    }
}
