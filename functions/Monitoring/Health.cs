using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Monitoring;

public enum HealthStatus
{
    Healthy,

    /// <summary>
    /// Notices or messages need a person, see <c>/api/manage/recover</c>; a feed of payments is silent; or a person has
    /// stopped all sending.
    /// </summary>
    Degraded,

    /// <summary>Storage is unreachable, or the last finished scan is too old: no reminders are sent.</summary>
    Unhealthy,
}

/// <summary>The app's health, without any data of a customer.</summary>
public sealed record Health(HealthStatus Status, string Storage)
{
    public static readonly Health Unreachable = new(HealthStatus.Unhealthy, "unreachable");

    /// <summary>The release of the app: <c>major.minor.patch</c>.</summary>
    public string Version { get; } = typeof(Health).Assembly.GetName().Version!.ToString(3);

    /// <summary>The scan of steps before the due date: the shard whose last scan is oldest.</summary>
    public LastScan? Upcoming { get; private init; }

    /// <summary>The same for the steps after the due date.</summary>
    public LastScan? Overdue { get; private init; }

    /// <summary>Notices in doubt at <see cref="CheckedAt"/>.</summary>
    public int? InDoubt { get; private init; }

    /// <summary>Stalled notices at <see cref="CheckedAt"/>.</summary>
    public int? Stalled { get; private init; }

    /// <summary>Poison messages that need a person.</summary>
    public int? Poisoned { get; private init; }

    /// <summary>When the recovery timer last ran, UTC; null before its first run.</summary>
    public DateTimeOffset? CheckedAt { get; private init; }

    /// <summary>
    /// Since when a person has stopped all sending, UTC; null while messages are sent. Who and why needs the master
    /// key.
    /// </summary>
    public DateTimeOffset? StoppedAt { get; private init; }

    /// <summary>Payment feeds that are silent for longer than usual: final notices and escalations wait.</summary>
    public int? SilentFeeds { get; private init; }

    /// <param name="since">
    /// Start of this process, UTC. A shard that was never scanned counts as scanned then, so that a new app does not
    /// begin as unhealthy.
    /// </param>
    /// <param name="window">Maximum age of the last scan.</param>
    internal static Health Create(HealthFacts facts, DateTimeOffset since, TimeSpan window, DateTimeOffset now)
    {
        var (heartbeats, shards, poisoned, sending) = facts;
        var recovery = heartbeats.FirstOrDefault(heartbeat => heartbeat.Name == JobHeartbeat.Recover);
        var (inDoubt, stalled) = (
            recovery?.Counts.GetValueOrDefault(JobHeartbeat.InDoubt) ?? 0,
            recovery?.Counts.GetValueOrDefault(JobHeartbeat.Stalled) ?? 0
        );
        var (upcoming, overdue) = (LastScanOf(upcoming: true), LastScanOf(upcoming: false));
        var status =
            upcoming.IsLate || overdue.IsLate ? HealthStatus.Unhealthy
            : inDoubt + stalled + poisoned + facts.SilentFeeds > 0 || sending.Stop is not null ? HealthStatus.Degraded
            : HealthStatus.Healthy;
        return new(status, "ok")
        {
            Upcoming = upcoming,
            Overdue = overdue,
            InDoubt = inDoubt,
            Stalled = stalled,
            Poisoned = poisoned,
            SilentFeeds = facts.SilentFeeds,
            CheckedAt = recovery?.At,
            StoppedAt = sending.Stop?.At,
        };

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

/// <param name="Shards">All of them; each has its own scans.</param>
internal sealed record HealthFacts(
    IReadOnlyList<JobHeartbeat> Heartbeats,
    IEnumerable<string> Shards,
    int Poisoned,
    SendingState Sending
)
{
    public int SilentFeeds { get; init; }
}
