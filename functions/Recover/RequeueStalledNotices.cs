using Dunning.Book;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recover;

/// <summary>
/// Looks at outbox rows that should have become events by now, and tells the sender of their channel again. Planned ones were never enqueued, or
/// their message was lost; of claimed ones the sender asks the provider what became of them.
/// </summary>
public sealed class RequeueStalledNotices(BookTable book, Queues queues, TimeProvider clock)
{
    [Function(nameof(RequeueStalledNotices))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var shard in book.Shards.All)
        {
            await foreach (var (customerId, noticeId) in book.FindUnsentAsync(shard, now, cancel))
            {
                if (await book.ReadAsync(customerId, cancel) is { } rows && rows.Notice(noticeId) is { } notice)
                    await LookAtAsync(notice, now, cancel);
            }
        }
    }

    /// <summary>Planned, due for longer than a message may take, and longer each time it had to be enqueued again.</summary>
    public static bool IsStalled(Notice notice, DateTimeOffset now) =>
        notice.State is NoticeState.Planned && notice.NotBefore + Notice.Patience * Math.Pow(2, Math.Min(notice.Delays, 6)) <= now;

    private async Task LookAtAsync(Stored<Notice> notice, DateTimeOffset now, CancellationToken cancel)
    {
        if (notice.Value.IsAbandoned(now))
            await queues.SendAsync(notice.Value, TimeSpan.Zero, cancel);
        if (!IsStalled(notice.Value, now))
            return;
        var again = notice.Value with { NotBefore = now, Delays = notice.Value.Delays + 1 };
        // Refused may mean made, with the answer lost on the way; a message too many does no harm, one too few keeps the notice waiting.
        await book.TryCommitAsync(new Move(again.CustomerId).Save(notice, again), cancel);
        await queues.SendAsync(again, TimeSpan.Zero, cancel);
    }
}
