using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>Marks messages that later succeeded as resolved, and deletes old ones after 14 days.</summary>
public sealed class PruneFailures(Failures failures, ReceivablesTable receivables, TimeProvider clock)
{
    private static readonly TimeSpan _retention = TimeSpan.FromDays(14);

    [Function(nameof(PruneFailures))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var failure in await failures.FindPoisonedAsync(cancellationToken))
        {
            if (await IsResolvedAsync(failure.Value, cancellationToken))
                await failures.MarkResolvedAsync(failure, cancellationToken);
        }
        await failures.PruneAsync(clock.GetUtcNow() - _retention, cancellationToken);
    }

    private async Task<bool> IsResolvedAsync(Failure failure, CancellationToken cancellationToken)
    {
        if (FailedMessage.NoticeOf(failure) is { } ready)
            return await receivables.TryReadAsync(ready.CustomerId, cancellationToken) is (true, var account)
                && account?.Notice(ready.NoticeId) is null;
        return FailedMessage.ScanOf(failure) is { } scan
            && (await receivables.Heartbeats.ReadAsync(cancellationToken)).Any(heartbeat =>
                heartbeat.Name == JobHeartbeat.ScanName(scan.Shard, scan.Upcoming)
                && heartbeat.At > failure.PoisonedAt
                && heartbeat.Counts[JobHeartbeat.Failed] == 0
            );
    }
}
