using Microsoft.Azure.Functions.Worker;

namespace Dunning.Jobs;

/// <summary>Sends the message of a slice again that has been lost. A surplus message does no harm.</summary>
public sealed class RequeueStalledJobs(JobTable jobs, Queues queues, TimeProvider clock)
{
    [Function(nameof(RequeueStalledJobs))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var job in await jobs.ReadAsync(cancellationToken))
        {
            if (job.IsStalled(clock.GetUtcNow()))
                await queues.SendAsync(Queues.Jobs, new JobReady(job.Id), TimeSpan.Zero, cancellationToken);
        }
    }
}
