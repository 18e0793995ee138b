using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Monitoring;

/// <summary>
/// <c>GET /api/health</c>: 503 when <see cref="HealthStatus.Unhealthy"/>, else 200. It needs no key, so that any
/// monitor can call it, and therefore returns only counts and times and reads storage at most four times a minute.
/// Flex Consumption has no health probe of its own.
/// </summary>
public sealed class GetHealth(HealthCheck check)
{
    [Function(nameof(GetHealth))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var health = await check.CheckAsync(cancellationToken);
        return ApiResult.Ok(health) with
        {
            Status =
                health.Status is HealthStatus.Unhealthy
                    ? StatusCodes.Status503ServiceUnavailable
                    : StatusCodes.Status200OK,
        };
    }
}
