using Dunning.Book;
using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recover;

/// <summary>
/// <c>GET /api/manage/recover</c>: what did not arrive. Notices in doubt, notices that wait longer than they should, and messages that a queue
/// gave up on, each with its cause. (The Functions host keeps every route that begins with <c>admin</c> for itself.)
/// </summary>
public sealed class ListFailures(BookTable book, Failures failures, TimeProvider clock)
{
    [Function(nameof(ListFailures))]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/recover")] HttpRequest request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var notices = await UnsentAsync(now, cancel);
        return Answer.Ok(new
        {
            InDoubt = notices.Where(n => n.Doubt is not null || n.IsAbandoned(now)),
            Stalled = notices.Where(n => RequeueStalledNotices.IsStalled(n, now)),
            Poisoned = await failures.FindPoisonedAsync(cancel),
        });
    }

    private async Task<IReadOnlyList<Notice>> UnsentAsync(DateTimeOffset now, CancellationToken cancel)
    {
        List<Notice> unsent = [];
        foreach (var shard in book.Shards.All)
        {
            await foreach (var (customerId, noticeId) in book.FindUnsentAsync(shard, now, cancel))
            {
                if ((await book.ReadAsync(customerId, cancel))?.Notice(noticeId) is { } notice)
                    unsent.Add(notice.Value);
            }
        }
        return unsent;
    }
}
