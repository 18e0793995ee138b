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
    [Function(nameof(ListFollowUps))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/follow-ups")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var query = request.Query;
        var (range, error) = ListRange.Read(query, usual: 50, most: 200);
        if (range is null)
            return error!;
        FollowUpKind kind = default;
        if (
            query["kind"].ToString() is { Length: > 0 } name
            && !(Enum.TryParse(name, ignoreCase: true, out kind) && Enum.IsDefined(kind))
        )
            return ApiResult.Invalid(
                ListRange.InvalidTitle,
                [new("#/kind", "not_one_of", $"kind: send one of {string.Join(", ", Enum.GetNames<FollowUpKind>())}")]
            );
        var page = await followUps.ReadAsync(
            new FollowUpQuery(range.Continuation, range.Limit, IncludesLater: query["later"] == "true")
            {
                Kind = kind == default ? null : kind,
            },
            cancellationToken
        );
        return ApiResult.Ok(FollowUpAnswer.Create(page));
    }
}
