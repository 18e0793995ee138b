using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Dashboard.Access;

/// <summary>
/// <c>POST /api/manage/dashboard-keys</c> with <c>{"name": "Maya", "role": "owner"}</c>: a key for one person. The
/// answer shows it once.
/// </summary>
public sealed class CreateDashboardKey(DashboardKeys keys)
{
    [Function(nameof(CreateDashboardKey))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/dashboard-keys")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (wanted, error) = await JsonBody.ReadAsync(
            request,
            "The key is not valid",
            json => new NewKey(json.Required("name", Line(100)), json.Required("role", OneOf<DashboardRole>())),
            cancellationToken
        );
        if (wanted is null)
            return error!;
        var (key, secret) = await keys.CreateAsync(wanted.Name, wanted.Role, cancellationToken);
        return ApiResult.Created(
            $"/api/manage/dashboard-keys/{key.Id}",
            new
            {
                key.Id,
                key.Name,
                key.Role,
                Key = secret,
            }
        );
    }

    private sealed record NewKey(string Name, DashboardRole Role);
}
