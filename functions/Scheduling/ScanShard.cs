using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Scheduling;

/// <summary>
/// Plans what is due in one shard. Per customer: one transaction that changes the invoices and fills the outbox, then
/// one queue message per notice. After a crash in between, <c>RequeueStalledNotices</c> enqueues the planned notices; a
/// second run finds nothing due, because the agenda rows have moved.
/// </summary>
public sealed class ScanShard(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    TimeProvider clock,
    ILogger<ScanShard> log
)
{
    private const int Concurrency = 8;

    [Function(nameof(ScanShard))]
    public async Task Run([QueueTrigger(Queues.Scan)] ShardScan scan, CancellationToken cancellationToken)
    {
        var due = 0;
        var failed = new List<Exception>();
        var parallelOptions = new ParallelOptions
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
            parallelOptions,
            async (customerId, cancellationToken) =>
            {
                Interlocked.Increment(ref due);
                try
                {
                    await transactions.RepeatAsync(customerId, Plan, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // An invalid row of one customer must not stop the rest of the shard: the message fails after all
                    // customers have been processed.
                    lock (failed)
                        failed.Add(
                            new InvalidOperationException($"Customer {customerId} could not be planned.", exception)
                        );
                }
            }
        );
        var scanName = JobHeartbeat.ScanName(scan.Shard, scan.Upcoming);
        await receivables.Heartbeats.RecordAsync(
            JobHeartbeat.OfScan(scanName, clock.GetUtcNow(), due, failed.Count),
            cancellationToken
        );
        if (failed.Count > 0)
            throw new AggregateException(failed);
    }

    private CustomerTransaction? Plan(DunningContext context, CustomerAccount account)
    {
        var plan = ReminderPlan.Decide(context, account);
        if (plan is not null)
            WarnOfMissingPolicies(account);
        return plan;
    }

    /// <summary>Nothing else reads all rows, so a start cannot tell which versions are still needed.</summary>
    private void WarnOfMissingPolicies(CustomerAccount account)
    {
        foreach (
            var policy in account
                .Invoices.Select(i => i.Value.Dunning.Policy)
                .Where(p => !rules.Policies.Has(p))
                .Distinct()
        )
            log.LogWarning(
                "Policy {Policy} is in no policies file, and invoices of customer {Customer} were accepted with it: "
                    + "put the version back, or they go on with the newest version when their next step falls due",
                policy.ToString(),
                account.Id
            );
    }
}
