using Dunning.Http;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Replies;

/// <summary>
/// <c>GET /api/manage/replies</c>: what customers answered in the last 30 days by SMS, by email and on the portal,
/// newest first; what came from unknown senders is included.
/// </summary>
public sealed class ListReplies(ReceivablesTable receivables, TimeProvider clock)
{
    private static readonly TimeSpan _maxAge = TimeSpan.FromDays(30);

    [Function(nameof(ListReplies))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/replies")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var replies = await Task.WhenAll(
            receivables.Shards.All.Select(shard => receivables.FindRepliesAsync(shard, cancellationToken))
        );
        var since = clock.GetUtcNow() - _maxAge;
        return ApiResult.Ok(
            replies
                .SelectMany(repliesOfShard => repliesOfShard)
                .Where(reply => reply.At >= since)
                .OrderByDescending(reply => reply.At)
        );
    }
}
