using Dunning.Http;
using Microsoft.AspNetCore.Http;

namespace Dunning.Jobs;

/// <summary>Makes jobs.</summary>
public sealed class JobStart(JobTable jobs, JobFiles files, Queues queues, TimeProvider clock)
{
    /// <param name="input">What it works on; its kind reads the same type.</param>
    /// <returns>202 with the address at which the job can be watched.</returns>
    internal async Task<ApiResult> RunAsync<TInput>(JobKind kind, TInput input, CancellationToken cancellationToken) =>
        Accepted(await CreateAsync(kind, input, cancellationToken));

    /// <summary>The same for a job that works on a file as it is.</summary>
    internal async Task<ApiResult> RunFileAsync(JobKind kind, byte[] file, CancellationToken cancellationToken) =>
        Accepted(
            await CreateAsync(kind, job => files.SaveInputFileAsync(job, file, cancellationToken), cancellationToken)
        );

    internal Task<Job> CreateAsync<TInput>(JobKind kind, TInput input, CancellationToken cancellationToken) =>
        CreateAsync(kind, job => files.SaveInputAsync(job, input, cancellationToken), cancellationToken);

    private async Task<Job> CreateAsync(JobKind kind, Func<string, Task> saveInput, CancellationToken cancellationToken)
    {
        var job = new Job(JobId.Create(), kind, clock.GetUtcNow());
        await saveInput(job.Id);
        await jobs.AddAsync(job, cancellationToken);
        // Lost in a crash, it is sent again: see RequeueStalledJobs.
        await queues.SendAsync(Queues.Jobs, new JobReady(job.Id), TimeSpan.Zero, cancellationToken);
        return job;
    }

    private static ApiResult Accepted(Job job) =>
        (ApiResult.Ok(JobView.Of(job)) with { Status = StatusCodes.Status202Accepted }).With(
            "Location",
            JobView.AddressOf(job.Id)
        );
}
