using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Monitoring;

/// <summary>
/// <c>GET /api/health</c>: 200 while reminders go out, 503 when they stand still. It needs no key, so that any monitor
/// can ask; it tells numbers and times, and looks at storage no more than four times a minute however often it is
/// asked. Flex Consumption has no health probe of its own.
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
