using System.Text;
using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Jobs;

/// <summary><c>GET /api/jobs/{id}/summary</c>: the figures of what a job has done so far.</summary>
public sealed class GetJobSummary(JobTable jobs, JobFiles files)
{
    [Function(nameof(GetJobSummary))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "jobs/{id}/summary")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        await jobs.FindAsync(id, cancellationToken) is not { } job ? ApiResult.NotFound(GetJob.What)
        : await files.ReadSummaryAsync(job.Value, cancellationToken) is { } summary
            ? ApiResult.Json(Encoding.UTF8.GetString(summary))
        : ApiResult.NotPossibleNow("There are no figures yet", "The first part of the job is not done: ask again.");
}
