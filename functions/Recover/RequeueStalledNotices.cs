using Dunning.Book;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recover;

/// <summary>
/// Looks at outbox rows that should have become events by now, and tells the sender of their channel again. Planned ones were never enqueued, or
/// their message was lost; of claimed ones the sender asks the provider what became of them.
/// </summary>
public sealed class RequeueStalledNotices(BookTable book, Failures failures, Queues queues, TimeProvider clock)
{
    [Function(nameof(RequeueStalledNotices))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (inDoubt, stalled) = (0, 0);
        await foreach (var unsent in book.FindUnsentAsync(now, cancel))
        {
            inDoubt += unsent.Notice?.Value.IsInDoubt(now) == true ? 1 : 0;
            stalled += unsent.Notice?.Value.IsStalled(now) == false ? 0 : 1;
            if (unsent.Notice is not { } notice)
                continue;
            if (notice.Value.IsToBeAskedAbout(now))
                await RequeueAsync(notice, notice.Value with { AskedAt = now }, cancel);
            else if (notice.Value.IsStalled(now))
                await RequeueAsync(notice, notice.Value with { NotBefore = now, Delays = notice.Value.Delays + 1 }, cancel);
        }
        var poisoned = (await failures.FindPoisonedAsync(cancel)).Count;
        await book.Heartbeats.BeatAsync(
            new(Heartbeat.Recover, now, new Dictionary<string, int> { [Heartbeat.InDoubt] = inDoubt, [Heartbeat.Stalled] = stalled, [Heartbeat.Poisoned] = poisoned }), cancel);
    }

    private async Task RequeueAsync(Stored<Notice> notice, Notice again, CancellationToken cancel)
    {
        // Refused may mean made, with the answer lost on the way; a message too many does no harm, one too few keeps the notice waiting.
        await book.TryCommitAsync(new Move(again.CustomerId).Save(notice, again), cancel);
        await queues.SendAsync(again, TimeSpan.Zero, cancel);
    }
}
