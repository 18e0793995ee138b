using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>When a recurring job last finished, and its counts. A missing heartbeat means that it stopped.</summary>
/// <param name="At">UTC.</param>
public sealed record JobHeartbeat(string Name, DateTimeOffset At, IReadOnlyDictionary<string, int> Counts)
    : StoredRecord
{
    public const string Due = "due";
    public const string Failed = "failed";
    public const string InDoubt = "inDoubt";
    public const string Stalled = "stalled";
    public const string Poisoned = "poisoned";
    public const string Recover = "recover";
    public const string Stopped = "stopped";
    private const string Upcoming = "scan-upcoming-",
        Overdue = "scan-overdue-";

    public bool IsOfUpcoming => Name.StartsWith(Upcoming, StringComparison.Ordinal);

    public static string ScanName(string shard, bool upcoming) => (upcoming ? Upcoming : Overdue) + shard;

    /// <param name="due">Number of customers with a due step.</param>
    /// <param name="failed">How many of them could not be planned.</param>
    public static JobHeartbeat OfScan(string scanName, DateTimeOffset now, int due, int failed) =>
        new(scanName, now, new Dictionary<string, int> { [Due] = due, [Failed] = failed });
}

/// <summary>One row per job in the partition <c>config</c>: reading all of them is one small query.</summary>
/// <param name="onRecorded">Called after a heartbeat was written.</param>
public sealed class Heartbeats(TableClient table, Action<JobHeartbeat>? onRecorded)
{
    private const string Prefix = "beat-";

    public async Task RecordAsync(JobHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        await table.UpsertEntityAsync(
            Rows.Write(Keys.ConfigPartition, Prefix + heartbeat.Name, heartbeat),
            TableUpdateMode.Replace,
            cancellationToken
        );
        onRecorded?.Invoke(heartbeat);
    }

    public async Task<IReadOnlyList<JobHeartbeat>> ReadAsync(CancellationToken cancellationToken)
    {
        List<JobHeartbeat> heartbeats = [];
        var filter = Keys.FilterOf(Keys.ConfigPartition, Prefix);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            heartbeats.Add(Rows.Read<JobHeartbeat>(row));
        return heartbeats;
    }
}
