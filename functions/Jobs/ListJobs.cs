using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Jobs;

/// <summary><c>GET /api/jobs</c>: the jobs of the last days, the newest first.</summary>
public sealed class ListJobs(JobTable jobs)
{
    [Function(nameof(ListJobs))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "jobs")] HttpRequest request,
        CancellationToken cancellationToken
    ) => ApiResult.Ok(new { Jobs = (await jobs.ReadAsync(cancellationToken)).Select(JobView.Of) });
}
