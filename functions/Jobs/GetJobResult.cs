using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Jobs;

/// <summary>
/// <c>GET /api/jobs/{id}/result</c>: what a finished job has made, one JSON object per line; streamed part by part.
/// </summary>
public sealed class GetJobResult(JobTable jobs, JobFiles files)
{
    [Function(nameof(GetJobResult))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "jobs/{id}/result")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        await jobs.FindAsync(id, cancellationToken) is not { } job ? ApiResult.NotFound(GetJob.What)
        : job.Value.State is JobState.Done ? Download(job.Value)
        : ApiResult.NotPossibleNow(
            "The job is not done",
            $"It is {job.Value.State.ToString().ToLowerInvariant()}; GET {JobView.AddressOf(id)} says how far it is."
        );

    private IResult Download(Job job) =>
        Results.Stream(
            async body =>
            {
                await foreach (var part in files.ReadPartsAsync(job, CancellationToken.None))
                    await body.WriteAsync(part);
            },
            JobFiles.Lines,
            $"{job.Kind.ToString().ToLowerInvariant()}-{job.CreatedAt:yyyy-MM-dd}.ndjson"
        );
}
