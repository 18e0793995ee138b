using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>
/// Looks at outbox rows that should have become events by now, and tells the sender of their channel again. Planned
/// ones were never enqueued, or their message was lost; of claimed ones the sender asks the provider what became of
/// them.
/// </summary>
public sealed class RequeueStalledNotices(
    ReceivablesTable receivables,
    Failures failures,
    Queues queues,
    TimeProvider clock
)
{
    [Function(nameof(RequeueStalledNotices))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (inDoubt, stalled) = (0, 0);
        await foreach (var unsent in receivables.FindUnsentAsync(now, cancellationToken))
        {
            inDoubt += unsent.Notice?.Value.IsInDoubt(now) == true ? 1 : 0;
            stalled += unsent.Notice?.Value.IsStalled(now) == false ? 0 : 1;
            if (unsent.Notice is not { } notice)
                continue;
            if (notice.Value.ShouldQueryProvider(now))
                await RequeueAsync(notice, notice.Value with { ProviderQueriedAt = now }, cancellationToken);
            else if (notice.Value.IsStalled(now))
                await RequeueAsync(
                    notice,
                    notice.Value with
                    {
                        NotBefore = now,
                        RetryCount = notice.Value.RetryCount + 1,
                    },
                    cancellationToken
                );
        }
        var poisoned = (await failures.FindPoisonedAsync(cancellationToken)).Count;
        await receivables.Heartbeats.RecordAsync(
            new(
                JobHeartbeat.Recover,
                now,
                new Dictionary<string, int>
                {
                    [JobHeartbeat.InDoubt] = inDoubt,
                    [JobHeartbeat.Stalled] = stalled,
                    [JobHeartbeat.Poisoned] = poisoned,
                }
            ),
            cancellationToken
        );
    }

    private async Task RequeueAsync(Versioned<Notice> notice, Notice again, CancellationToken cancellationToken)
    {
        // Refused may mean made, with the answer lost on the way; a message too many does no harm, one too few keeps
        // the notice waiting.
        await receivables.TryCommitAsync(
            new CustomerTransaction(again.CustomerId).Save(notice, again),
            cancellationToken
        );
        await queues.SendAsync(again, TimeSpan.Zero, cancellationToken);
    }
}
