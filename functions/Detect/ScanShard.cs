using Dunning.Book;
using Dunning.Plan;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Detect;

/// <summary>
/// Plans what is due in one shard, a customer at a time: one transaction that moves the invoices and fills the outbox, then one message a
/// notice. A crash in between leaves planned notices, which Recover enqueues; a second run finds the agenda rows gone.
/// </summary>
public sealed class ScanShard(BookTable book, Rulebook rules, Queues queues, Pace pace, TimeProvider clock, Failures failures)
{
    private const int CustomersAtOnce = 8;

    [Function(nameof(ScanShard))]
    public Task Run([QueueTrigger(Queues.Scan)] ShardScan scan, CancellationToken cancel) =>
        failures.WatchAsync(Queues.Scan, scan, () => ScanAsync(scan, cancel));

    private async Task ScanAsync(ShardScan scan, CancellationToken cancel)
    {
        var failed = new List<Exception>();
        var tick = pace.NewTick();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = CustomersAtOnce, CancellationToken = cancel };
        var customers = book.FindDueCustomersAsync(scan.Shard, scan.Upcoming, clock.GetUtcNow(), cancel);
        await Parallel.ForEachAsync(customers, atOnce, async (customerId, token) =>
        {
            try
            {
                await PlanAsync(customerId, tick, token);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One customer's bad row must not keep the rest of the shard waiting; the message fails after all others are done.
                lock (failed)
                    failed.Add(new InvalidOperationException($"Customer {customerId} could not be planned.", failure));
            }
        });
        if (failed.Count > 0)
            throw new AggregateException(failed);
    }

    private async Task PlanAsync(string customerId, Pace.Tick tick, CancellationToken cancel)
    {
        while (await book.ReadAsync(customerId, cancel) is { } rows && ReminderPlan.Decide(rows, rules, clock.GetUtcNow()) is { } planned)
        {
            if (!await book.TryCommitAsync(planned.Move, cancel))
                continue;
            foreach (var notice in planned.Notices)
                await queues.SendAsync(notice, notice.NotBefore - clock.GetUtcNow() + tick.Next(notice.Channel), cancel);
        }
    }
}
