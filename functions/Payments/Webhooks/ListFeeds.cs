using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Webhooks;

/// <summary><c>GET /api/manage/feeds</c>: where payments come from, and since when nothing has come.</summary>
public sealed class ListFeeds(PaymentFeedRows feeds, DunningRules rules, TimeProvider clock)
{
    [Function(nameof(ListFeeds))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/feeds")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        rules.Feeds.Update(await feeds.ReadAsync(cancellationToken));
        var now = clock.GetUtcNow();
        return ApiResult.Ok(
            new
            {
                Feeds = rules.Feeds.All.Select(feed => new
                {
                    feed.Id,
                    feed.Provider,
                    feed.LastDay,
                    feed.UsualDays,
                    SilentDays = feed.SilentDaysAt(now),
                    IsSilent = feed.IsSilentAt(now),
                    ConfirmedBy = feed.Confirmed?.By,
                    ConfirmedAt = feed.Confirmed?.At,
                }),
            }
        );
    }
}
