using Dunning.Receivables.Storage;

namespace Dunning.Scheduling;

/// <summary>
/// Fans a tick out: one message a shard, so shards are scanned side by side and a failing one is retried alone.
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
