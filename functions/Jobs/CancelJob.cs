using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Jobs;

/// <summary><c>POST /api/jobs/{id}/cancel</c>: no further slice begins; what is done stays done.</summary>
public sealed class CancelJob(JobTable jobs, TimeProvider clock)
{
    [Function(nameof(CancelJob))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "jobs/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        while (await jobs.FindAsync(id, cancellationToken) is { } job)
        {
            if (job.Value.State is JobState.Cancelled)
                return ApiResult.Ok(JobView.Of(job.Value));
            if (job.Value.IsOver)
                return ApiResult.NotPossibleNow("The job is over", "Nothing is left that could be cancelled.");
            var cancelled = job.Value.Cancel(clock.GetUtcNow());
            if (await jobs.TrySaveAsync(job, cancelled, cancellationToken))
                return ApiResult.Ok(JobView.Of(cancelled));
        }
        return ApiResult.NotFound(GetJob.What);
    }
}
