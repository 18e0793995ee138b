using Microsoft.Azure.Functions.Worker;

namespace Dunning.Jobs;

/// <summary>Deletes jobs and their files after seven days: they hold names and messages of customers.</summary>
public sealed class PruneJobs(JobTable jobs, JobFiles files, TimeProvider clock)
{
    private static readonly TimeSpan _retention = TimeSpan.FromDays(7);

    [Function(nameof(PruneJobs))]
    public async Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        foreach (var job in await jobs.ReadAsync(cancellationToken))
        {
            if (clock.GetUtcNow() - job.CreatedAt < _retention)
                continue;
            // The row last: as long as it is there, the next run finds what is left.
            await files.DeleteAsync(job.Id, cancellationToken);
            await jobs.DeleteAsync(job.Id, cancellationToken);
        }
    }
}
