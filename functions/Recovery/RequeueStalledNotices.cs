using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>
/// Enqueues notices of the outbox again that should have been sent by now. Planned notices were never enqueued, or
/// their message was lost. For claimed notices, the sender queries the provider for the outcome. Letters and calls that
/// wait for a person are dropped when their reason is gone.
/// </summary>
public sealed class RequeueStalledNotices(
    ReceivablesTable receivables,
    Failures failures,
    NoticeCheck checks,
    DunningRules rules,
    Queues queues,
    TimeProvider clock
)
{
    [Function(nameof(RequeueStalledNotices))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Read once per run: the sender checks again after its claim, so a stop during this run takes effect too.
        var isStopped = await receivables.Sending.IsStoppedAsync(cancellationToken);
        var (inDoubt, stalled) = (0, 0);
        await foreach (var unsent in receivables.FindUnsentAsync(now, cancellationToken))
        {
            inDoubt += unsent.Notice?.Value.IsInDoubt(now) == true ? 1 : 0;
            stalled += unsent.Notice?.Value.IsStalled(now) == false ? 0 : 1;
            if (unsent.Notice is not { } notice)
                continue;
            if (notice.Value.Channel.IsByPerson())
                await DropPointlessAsync(unsent.Account!, notice, now, cancellationToken);
            else if (notice.Value.ShouldQueryProvider(now))
                await RequeueAsync(notice, notice.Value with { ProviderQueriedAt = now }, cancellationToken);
            // Not while sending is stopped: the waits would double, and the notice would be late after the start.
            else if (!isStopped && notice.Value.IsStalled(now))
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
                    [JobHeartbeat.Stopped] = isStopped ? 1 : 0,
                }
            ),
            cancellationToken
        );
    }

    /// <summary>
    /// A letter or call that a person has not begun, and that nobody needs any more: the invoice was paid, for example.
    /// </summary>
    private async Task DropPointlessAsync(
        CustomerAccount account,
        Versioned<Notice> notice,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (notice.Value.State is not NoticeState.Planned)
            return;
        var context = new DunningContext(account.Customer.Value, rules, now);
        var check = await checks.RunAsync(context, notice.Value, account, cancellationToken);
        // After a conflict the next run decides.
        if (check.IsPointless)
            await checks.DropAsync(context, account, notice, check, cancellationToken);
    }

    private async Task RequeueAsync(Versioned<Notice> notice, Notice requeued, CancellationToken cancellationToken)
    {
        // Enqueued even after a conflict, which can be our own commit whose response was lost: a surplus message is
        // harmless, a missing one delays the notice.
        await receivables.TryCommitAsync(
            new CustomerTransaction(requeued.CustomerId).Save(notice, requeued),
            cancellationToken
        );
        await queues.SendAsync(requeued, TimeSpan.Zero, cancellationToken);
    }
}
