using Dunning.Http;
using Microsoft.AspNetCore.Http;

namespace Dunning.Jobs;

/// <summary>Makes jobs.</summary>
public sealed class JobStart(JobTable jobs, JobFiles files, Queues queues, TimeProvider clock)
{
    /// <param name="input">What it works on, as its kind reads it.</param>
    internal async Task<Job> RunAsync(
        JobKind kind,
        string? by,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken
    )
    {
        var job = new Job(JobId.Create(), kind, by, clock.GetUtcNow());
        await files.SaveInputAsync(job.Id, input, cancellationToken);
        await jobs.AddAsync(job, cancellationToken);
        // Lost in a crash, it is sent again: see RequeueStalledJobs.
        await queues.SendAsync(Queues.Jobs, new JobReady(job.Id), TimeSpan.Zero, cancellationToken);
        return job;
    }

    /// <summary>202 with the address at which the job can be watched.</summary>
    internal static ApiResult Accepted(Job job) =>
        (ApiResult.Ok(JobView.Of(job)) with { Status = StatusCodes.Status202Accepted }).With(
            "Location",
            JobView.AddressOf(job.Id)
        );
}
