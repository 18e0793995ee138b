using Dunning.Receivables.Storage;

namespace Dunning.Scheduling;

/// <summary>
/// Enqueues one scan message per shard, so that shards are scanned in parallel and a failed one is retried alone.
/// </summary>
public sealed class ScanStart(Shards shards, Queues queues)
{
    public Task EnqueueAsync(bool upcoming, CancellationToken cancellationToken) =>
        Task.WhenAll(
            shards.All.Select(shard =>
                queues.SendAsync(Queues.Scan, new ShardScan(shard, upcoming), TimeSpan.Zero, cancellationToken)
            )
        );
}
