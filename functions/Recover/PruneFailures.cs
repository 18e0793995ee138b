using Dunning.Book;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recover;

/// <summary>Keeps the list of failures short: what has gone through after all needs nobody any more, and what is done is deleted after two weeks.</summary>
public sealed class PruneFailures(Failures failures, BookTable book, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    [Function(nameof(PruneFailures))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancel)
    {
        foreach (var failure in await failures.FindPoisonedAsync(cancel))
        {
            if (await IsMendedAsync(failure.Value, cancel))
                await failures.MendAsync(failure, cancel);
        }
        await failures.PruneAsync(clock.GetUtcNow() - Kept, cancel);
    }

    private async Task<bool> IsMendedAsync(Failure failure, CancellationToken cancel)
    {
        if (FailedMessage.NoticeOf(failure) is { } ready)
            return await book.TryReadAsync(ready.CustomerId, cancel) is (true, var rows) && rows?.Notice(ready.NoticeId) is null;
        return FailedMessage.ScanOf(failure) is { } scan && (await book.Heartbeats.ReadAsync(cancel))
            .Any(beat => beat.Name == Heartbeat.OfScan(scan.Shard, scan.Upcoming) && beat.At > failure.PoisonedAt && beat.Counts[Heartbeat.Failed] == 0);
    }
}
