using Dunning.Policies;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Scheduling;

/// <summary>
/// Plans what is due in one shard, a customer at a time: one transaction that moves the invoices and fills the outbox,
/// then one message a notice. A crash in between leaves planned notices, which Recover enqueues; a second run finds the
/// agenda rows gone.
/// </summary>
public sealed class ScanShard(
    ReceivablesTable receivables,
    DunningRules rules,
    Queues queues,
    TimeProvider clock,
    Failures failures
)
{
    private const int Concurrency = 8;

    /// <summary>Enough for hundreds of due invoices of one customer.</summary>
    private const int MaxTransactions = 100;

    [Function(nameof(ScanShard))]
    public Task Run([QueueTrigger(Queues.Scan)] ShardScan scan, CancellationToken cancellationToken) =>
        failures.WatchAsync(Queues.Scan, scan, () => ScanAsync(scan, cancellationToken));

    private async Task ScanAsync(ShardScan scan, CancellationToken cancellationToken)
    {
        var due = 0;
        var failed = new List<Exception>();
        var atOnce = new ParallelOptions
        {
            MaxDegreeOfParallelism = Concurrency,
            CancellationToken = cancellationToken,
        };
        var customers = receivables.FindDueCustomersAsync(
            scan.Shard,
            scan.Upcoming,
            clock.GetUtcNow(),
            cancellationToken
        );
        await Parallel.ForEachAsync(
            customers,
            atOnce,
            async (customerId, cancellationToken) =>
            {
                Interlocked.Increment(ref due);
                try
                {
                    await PlanAsync(customerId, cancellationToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    // One customer's bad row must not keep the rest of the shard waiting; the message fails after all
                    // others are done.
                    lock (failed)
                        failed.Add(
                            new InvalidOperationException($"Customer {customerId} could not be planned.", failure)
                        );
                }
            }
        );
        await receivables.Heartbeats.ScannedAsync(
            scan.Shard,
            scan.Upcoming,
            clock.GetUtcNow(),
            due,
            failed.Count,
            cancellationToken
        );
        if (failed.Count > 0)
            throw new AggregateException(failed);
    }

    private async Task PlanAsync(string customerId, CancellationToken cancellationToken)
    {
        for (var move = 0; move < MaxTransactions; move++)
        {
            var account = await receivables.ReadAsync(customerId, cancellationToken);
            if (account is null || ReminderPlan.Decide(account, rules, clock.GetUtcNow()) is not { } planned)
                return;
            // Refused means that somebody was faster: read again, decide again.
            if (await receivables.TryCommitAsync(planned.Transaction, cancellationToken))
                await Task.WhenAll(
                    planned.Notices.Select(n => queues.SendAsync(n, n.NotBefore - clock.GetUtcNow(), cancellationToken))
                );
        }
        throw new InvalidOperationException(
            "There is always more to plan: rows disagree, or are being changed without end."
        );
    }
}
