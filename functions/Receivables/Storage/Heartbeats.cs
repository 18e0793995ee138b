using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>When a recurring job last finished, and its counts. A missing heartbeat means that it stopped.</summary>
/// <param name="At">UTC.</param>
public sealed record JobHeartbeat(string Name, DateTimeOffset At, IReadOnlyDictionary<string, int> Counts)
{
    public const string Due = "due";
    public const string Failed = "failed";
    public const string InDoubt = "inDoubt";
    public const string Stalled = "stalled";
    public const string Poisoned = "poisoned";
    public const string Recover = "recover";
    private const string Upcoming = "scan-upcoming-",
        Overdue = "scan-overdue-";

    public bool IsOfUpcoming => Name.StartsWith(Upcoming, StringComparison.Ordinal);

    public static string OfScan(string shard, bool upcoming) => (upcoming ? Upcoming : Overdue) + shard;
}

/// <summary>One row a name, beside the count of shards: reading all of them is one small query.</summary>
public sealed class Heartbeats(TableClient table, Action<JobHeartbeat>? onBeat)
{
    private const string Partition = "config";
    private const string Prefix = "beat-";

    /// <param name="due">Customers with something due.</param>
    /// <param name="failed">Those of them that could not be planned.</param>
    public Task ScannedAsync(
        string shard,
        bool upcoming,
        DateTimeOffset now,
        int due,
        int failed,
        CancellationToken cancellationToken
    ) =>
        RecordAsync(
            new(
                JobHeartbeat.OfScan(shard, upcoming),
                now,
                new Dictionary<string, int> { [JobHeartbeat.Due] = due, [JobHeartbeat.Failed] = failed }
            ),
            cancellationToken
        );

    public async Task RecordAsync(JobHeartbeat beat, CancellationToken cancellationToken)
    {
        await table.UpsertEntityAsync(
            Rows.Write(Partition, Prefix + beat.Name, beat),
            TableUpdateMode.Replace,
            cancellationToken
        );
        onBeat?.Invoke(beat);
    }

    public async Task<IReadOnlyList<JobHeartbeat>> ReadAsync(CancellationToken cancellationToken)
    {
        List<JobHeartbeat> beats = [];
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Partition} and RowKey ge {Prefix} and RowKey lt {Keys.EndOf(Prefix)}"
        );
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            beats.Add(Rows.Read<JobHeartbeat>(row));
        return beats;
    }
}
