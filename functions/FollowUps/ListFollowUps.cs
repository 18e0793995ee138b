using System.Globalization;
using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.FollowUps;

/// <summary>
/// <c>GET /api/manage/follow-ups</c>: all that waits for a person, most urgent kind first, with
/// <c>?limit=</c>, <c>?continuation=</c>, <c>?kind=</c> and <c>?later=true</c>.
/// </summary>
public sealed class ListFollowUps(FollowUpList followUps)
{
    private const string InvalidTitle = "The list cannot be read";
    private const int MaxLimit = 200;

    [Function(nameof(ListFollowUps))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/follow-ups")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var query = request.Query;
        var limit = 50;
        if (
            query["limit"].ToString() is { Length: > 0 } sent
            && !(int.TryParse(sent, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= MaxLimit)
        )
            return ApiResult.Invalid(
                InvalidTitle,
                [new("#/limit", "out_of_range", $"limit: send a number from 1 to {MaxLimit}")]
            );
        FollowUpKind kind = default;
        if (
            query["kind"].ToString() is { Length: > 0 } name
            && !(Enum.TryParse(name, ignoreCase: true, out kind) && Enum.IsDefined(kind))
        )
            return ApiResult.Invalid(
                InvalidTitle,
                [new("#/kind", "not_one_of", $"kind: send one of {string.Join(", ", Enum.GetNames<FollowUpKind>())}")]
            );
        var continuation = query["continuation"].ToString() is { Length: > 0 } from ? from : null;
        var page = await followUps.ReadAsync(
            new FollowUpQuery(continuation, limit, IncludesLater: query["later"] == "true")
            {
                Kind = kind == default ? null : kind,
            },
            cancellationToken
        );
        return ApiResult.Ok(FollowUpAnswer.Create(page));
    }
}
