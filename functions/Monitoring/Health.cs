using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Monitoring;

public enum HealthStatus
{
    Healthy,

    /// <summary>
    /// Notices or messages need a person, see <c>/api/manage/recover</c>; or a person has stopped all sending.
    /// </summary>
    Degraded,

    /// <summary>Storage is unreachable, or the last finished scan is too old: no reminders are sent.</summary>
    Unhealthy,
}

/// <summary>The app's health, without any data of a customer.</summary>
/// <param name="Upcoming">The scan of steps before the due date: the shard whose last scan is oldest.</param>
/// <param name="Overdue">The same for the steps after the due date.</param>
/// <param name="InDoubt">Notices in doubt at <paramref name="CheckedAt"/>.</param>
/// <param name="Stalled">Stalled notices at <paramref name="CheckedAt"/>.</param>
/// <param name="Poisoned">Poison messages that need a person.</param>
/// <param name="CheckedAt">When the recovery timer last ran, UTC; null before its first run.</param>
/// <param name="StoppedAt">
/// Since when a person has stopped all sending, UTC; null while messages are sent. Who and why needs the master key.
/// </param>
public sealed record Health(
    HealthStatus Status,
    string Storage,
    LastScan? Upcoming,
    LastScan? Overdue,
    int? InDoubt,
    int? Stalled,
    int? Poisoned,
    DateTimeOffset? CheckedAt,
    DateTimeOffset? StoppedAt = null
)
{
    /// <summary>The release of the app: <c>major.minor.patch</c>.</summary>
    public string Version { get; } = typeof(Health).Assembly.GetName().Version!.ToString(3);

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

    /// <param name="shards">All shards; each has its own scans.</param>
    /// <param name="since">
    /// Start of this process, UTC. A shard that was never scanned counts as scanned then, so that a new app does not
    /// begin as unhealthy.
    /// </param>
    /// <param name="window">Maximum age of the last scan.</param>
    public static Health Create(
        IReadOnlyList<JobHeartbeat> heartbeats,
        IEnumerable<string> shards,
        int poisoned,
        SendingState sending,
        DateTimeOffset since,
        TimeSpan window,
        DateTimeOffset now
    )
    {
        var recovery = heartbeats.FirstOrDefault(heartbeat => heartbeat.Name == JobHeartbeat.Recover);
        var (inDoubt, stalled) = (
            recovery?.Counts.GetValueOrDefault(JobHeartbeat.InDoubt) ?? 0,
            recovery?.Counts.GetValueOrDefault(JobHeartbeat.Stalled) ?? 0
        );
        var (upcoming, overdue) = (LastScanOf(upcoming: true), LastScanOf(upcoming: false));
        var status =
            upcoming.IsLate || overdue.IsLate ? HealthStatus.Unhealthy
            : inDoubt + stalled + poisoned > 0 || sending.Stop is not null ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return new(status, "ok", upcoming, overdue, inDoubt, stalled, poisoned, recovery?.At, sending.Stop?.At);

        LastScan LastScanOf(bool upcoming)
        {
            var finished = shards
                .Select(shard =>
                    heartbeats.FirstOrDefault(heartbeat => heartbeat.Name == JobHeartbeat.ScanName(shard, upcoming))?.At
                )
                .ToList();
            var oldest = finished.Min(at => at ?? since);
            return new(
                finished.Contains(null) ? null : oldest,
                (int)(now - oldest).TotalSeconds,
                now - oldest > window
            );
        }
    }
}

/// <param name="At">When the scan finished, UTC; null when some shard has never been scanned.</param>
public sealed record LastScan(DateTimeOffset? At, int AgeSeconds, bool IsLate);
