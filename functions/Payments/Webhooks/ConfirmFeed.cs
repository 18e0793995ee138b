using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// <c>POST /api/manage/feeds/{id}/confirm</c> with <c>{"by": "Maya"}</c>: a person has looked, and nothing was paid
/// until now. What waited for the feed goes on from the next sending day.
/// </summary>
public sealed class ConfirmFeed(PaymentFeedRows feeds, DunningRules rules, TimeProvider clock)
{
    [Function(nameof(ConfirmFeed))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/feeds/{id}/confirm")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (by, error) = await JsonBody.ReadAsync(
            request,
            "The feed cannot be confirmed",
            json => json.Required("by", Line(100)),
            cancellationToken
        );
        if (error is not null)
            return error;
        if (await feeds.ConfirmAsync(id, new FeedConfirmation(by!, clock.GetUtcNow()), cancellationToken) is null)
            return ApiResult.NotFound("feed with this id");
        rules.Feeds.Update(await feeds.ReadAsync(cancellationToken));
        return ApiResult.Ok(new { Id = id, Confirmed = true });
    }
}
