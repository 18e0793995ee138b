using Dunning.Receivables.Storage;

namespace Dunning.Monitoring;

public enum HealthStatus
{
    Healthy,

    /// <summary>It works, and something waits for a person: <c>/api/manage/recover</c> lists it.</summary>
    Degraded,

    /// <summary>
    /// Storage does not answer, or no scan has come to its end for longer than it may take: reminders stand still.
    /// </summary>
    Unhealthy,
}

/// <summary>What can be said of the app without saying anything of a customer.</summary>
/// <param name="Upcoming">Of the steps before the due date; that of the shard which waits longest.</param>
/// <param name="InDoubt">As of <paramref name="CheckedAt"/>.</param>
public sealed record Health(
    HealthStatus Status,
    string Storage,
    LastScan? Upcoming,
    LastScan? Overdue,
    int? InDoubt,
    int? Stalled,
    int? Poisoned,
    DateTimeOffset? CheckedAt
)
{
    public static readonly Health Unreachable = new(
        HealthStatus.Unhealthy,
        "unreachable",
        null,
        null,
        null,
        null,
        null,
        null
    );

    /// <param name="shards">Each of them is scanned on its own.</param>
    /// <param name="since">
    /// When this process began to look: before that, a missing scan is none of its business.
    /// </param>
    /// <param name="window">How old the last scan may be.</param>
    public static Health Create(
        IReadOnlyList<JobHeartbeat> beats,
        IEnumerable<string> shards,
        int poisoned,
        DateTimeOffset since,
        TimeSpan window,
        DateTimeOffset now
    )
    {
        var look = beats.FirstOrDefault(b => b.Name == JobHeartbeat.Recover);
        var (inDoubt, stalled) = (
            look?.Counts.GetValueOrDefault(JobHeartbeat.InDoubt) ?? 0,
            look?.Counts.GetValueOrDefault(JobHeartbeat.Stalled) ?? 0
        );
        var (upcoming, overdue) = (Last(upcoming: true), Last(upcoming: false));
        var status =
            upcoming.IsLate || overdue.IsLate ? HealthStatus.Unhealthy
            : inDoubt + stalled + poisoned > 0 ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return new(status, "ok", upcoming, overdue, inDoubt, stalled, poisoned, look?.At);

        LastScan Last(bool upcoming)
        {
            var ended = shards
                .Select(shard => beats.FirstOrDefault(b => b.Name == JobHeartbeat.OfScan(shard, upcoming))?.At)
                .ToList();
            var oldest = ended.Min(at => at ?? since);
            return new(ended.Contains(null) ? null : oldest, (int)(now - oldest).TotalSeconds, now - oldest > window);
        }
    }
}

/// <param name="At">When it came to its end, UTC; null when some shard has never been scanned.</param>
public sealed record LastScan(DateTimeOffset? At, int AgeSeconds, bool IsLate);
