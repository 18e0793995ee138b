using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Jobs;

/// <summary>Does one slice of a job, and sends the message of the next.</summary>
public sealed class RunJob(JobTable jobs, IEnumerable<IJobRunner> runners, Queues queues, TimeProvider clock)
{
    [Function(nameof(RunJob))]
    public async Task Run([QueueTrigger(Queues.Jobs)] JobReady ready, CancellationToken cancellationToken)
    {
        // The message of a job that has failed comes again when a person replays it.
        if (
            await jobs.FindAsync(ready.Id, cancellationToken)
            is not { Value.State: not (JobState.Done or JobState.Cancelled) } job
        )
            return;
        var runner = runners.Single(one => one.Kind == job.Value.Kind);
        JobSlice slice;
        try
        {
            slice = await runner.RunSliceAsync(job.Value, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await jobs.TrySaveAsync(job, job.Value.AfterFailure(clock.GetUtcNow()), CancellationToken.None);
            throw;
        }
        await GoOnAsync(job, job.Value.After(slice, clock.GetUtcNow()), cancellationToken);
    }

    private async Task GoOnAsync(Versioned<Job> before, Job after, CancellationToken cancellationToken)
    {
        // After a conflict another message has done the same slice, or a person has cancelled the job.
        if (await jobs.TrySaveAsync(before, after, cancellationToken) && !after.IsOver)
            await queues.SendAsync(Queues.Jobs, new JobReady(after.Id), TimeSpan.Zero, cancellationToken);
    }
}
