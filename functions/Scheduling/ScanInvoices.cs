using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Scheduling;

/// <summary>
/// <c>POST /api/manage/scan</c>: starts both scans now, in case the timers have stopped (azure-functions-host#11828:
/// all timers of an app may stop after a deployment while HTTP and queue triggers continue).
/// </summary>
public sealed class ScanInvoices(ScanStart scans)
{
    [Function(nameof(ScanInvoices))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "manage/scan")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if ((await RequestBody.ReadJsonAsync(request, cancellationToken)).Error is { } error)
            return error;
        await scans.EnqueueAsync(upcoming: true, cancellationToken);
        await scans.EnqueueAsync(upcoming: false, cancellationToken);
        return ApiResult.Ok(new { Started = true }) with { Status = StatusCodes.Status202Accepted };
    }
}
