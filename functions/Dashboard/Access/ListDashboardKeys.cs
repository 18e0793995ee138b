using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.Access;

/// <summary>
/// <c>GET /api/manage/dashboard-keys</c>: who has a key, without the keys; <c>DELETE …/{id}</c> revokes one.
/// </summary>
public sealed class ListDashboardKeys(DashboardKeys keys)
{
    [Function(nameof(ListDashboardKeys))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/dashboard-keys")] HttpRequest request,
        CancellationToken cancellationToken
    ) => ApiResult.Ok((await keys.ListAsync(cancellationToken)).Select(View));

    [Function("DeleteDashboardKey")]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "manage/dashboard-keys/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        await keys.RevokeAsync(id, cancellationToken) is { } revoked
            ? ApiResult.Ok(View(revoked))
            : ApiResult.NotFound("dashboard key with this id");

    private static object View(DashboardKey key) =>
        new
        {
            key.Id,
            key.Name,
            key.Role,
            key.CreatedAt,
            key.RevokedAt,
        };
}
