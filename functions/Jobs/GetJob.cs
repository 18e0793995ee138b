using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Jobs;

/// <summary><c>GET /api/jobs/{id}</c>: how far a job is.</summary>
public sealed class GetJob(JobTable jobs)
{
    internal const string What = "job with this id";

    [Function(nameof(GetJob))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "jobs/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        await jobs.FindAsync(id, cancellationToken) is { } job
            ? ApiResult.Ok(JobView.Of(job.Value))
            : ApiResult.NotFound(What);
}
