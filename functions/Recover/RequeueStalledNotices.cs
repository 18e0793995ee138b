using Dunning.Book;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Recover;

/// <summary>
/// Looks at outbox rows that should have become events by now. Planned ones were never enqueued, or their message was lost: they are enqueued
/// again. Claimed ones may or may not have been sent: they are written down as in doubt and left to a person.
/// </summary>
public sealed class RequeueStalledNotices(BookTable book, Queues queues, TimeProvider clock, ILogger<RequeueStalledNotices> log)
{
    /// <summary>Longer than any sender may take, the host's function timeout included.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [Function(nameof(RequeueStalledNotices))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var shard in book.Shards.All)
        {
            await foreach (var (customerId, noticeId) in book.FindUnsentAsync(shard, now - Patience, cancel))
            {
                if (await book.ReadAsync(customerId, cancel) is { } rows && rows.Notice(noticeId) is { } notice)
                    await LookAtAsync(notice, now, cancel);
            }
        }
    }

    private async Task LookAtAsync(Stored<Notice> notice, DateTimeOffset now, CancellationToken cancel)
    {
        if (IsStalled(notice.Value, now))
            await RequeueAsync(notice, now, cancel);
        else if (notice.Value is { State: NoticeState.Sending, Doubt: null } claimed && claimed.ClaimedAt + Patience <= now)
            await DoubtAsync(notice, now, cancel);
    }

    /// <summary>Planned, due for longer than a message may take, and longer each time it had to be enqueued again.</summary>
    public static bool IsStalled(Notice notice, DateTimeOffset now) =>
        notice.State is NoticeState.Planned && notice.NotBefore + Patience * Math.Pow(2, Math.Min(notice.Delays, 6)) <= now;

    private async Task RequeueAsync(Stored<Notice> notice, DateTimeOffset now, CancellationToken cancel)
    {
        var again = notice.Value with { NotBefore = now, Delays = notice.Value.Delays + 1 };
        if (await book.TryCommitAsync(new Move(again.CustomerId).Save(notice, again), cancel))
            await queues.SendAsync(again, TimeSpan.Zero, cancel);
    }

    private async Task DoubtAsync(Stored<Notice> notice, DateTimeOffset now, CancellationToken cancel)
    {
        const string Reason = "the sender stopped between claim and outcome";
        var move = new Move(notice.Value.CustomerId).Save(notice, notice.Value with { Doubt = Reason });
        foreach (var line in notice.Value.Lines)
            move.Tell(new InvoiceId(notice.Value.CustomerId, line.InvoiceId), new(now, EventKind.InDoubt, $"May or may not have been sent by {notice.Value.Channel.ToString().ToLowerInvariant()}: {Reason}"));
        if (await book.TryCommitAsync(move, cancel))
            log.LogWarning("Notice {Notice} of {Customer} is in doubt: {Reason}", notice.Value.Id, notice.Value.CustomerId, Reason);
    }
}
