using System.Text.Json;
using Dunning.Configuration;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Statements;

/// <summary>
/// Plans the monthly statements when <c>Statements__Monthly</c> is on. Each run handles a limited number of customers
/// and the next one continues, from the first hour of the month (the creditor's zone) until all are done: so a run that
/// was missed is made up for, on whatever day of the month. The customer's row says that its statement was planned.
/// </summary>
public sealed class SendMonthlyStatements(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    StatementOptions options,
    TimeProvider clock
)
{
    /// <summary>Per shard: with 16 shards, 1,600 customers per run.</summary>
    private const int BatchSize = 100;

    [Function(nameof(SendMonthlyStatements))]
    public async Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (!options.Monthly)
            return;
        var month = StatementPeriod.FirstOfMonth(rules.CreditorToday(clock.GetUtcNow()));
        List<Exception> failures = [];
        foreach (var shard in receivables.Shards.All)
        {
            try
            {
                var progress = await receivables.Statements.ReadAsync(shard, month, cancellationToken);
                if (!progress.IsDone)
                    await PlanAsync(shard, progress, failures, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The next run repeats the batch.
                failures.Add(exception);
            }
        }
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    private async Task PlanAsync(
        string shard,
        ShardStatements progress,
        List<Exception> failures,
        CancellationToken cancellationToken
    )
    {
        List<CustomerId> customers = [];
        await foreach (var customer in receivables.FindCustomersAsync(shard, progress.After, cancellationToken))
        {
            customers.Add(customer);
            if (customers.Count == BatchSize)
                break;
        }
        foreach (var customer in customers)
        {
            try
            {
                await PlanAsync(customer, progress.Month, cancellationToken);
            }
            catch (JsonException unreadable)
            {
                // The others of the shard get theirs.
                failures.Add(new InvalidOperationException($"A row of {customer} cannot be read.", unreadable));
            }
        }
        var after = customers.Count > 0 ? customers[^1] : progress.After;
        await receivables.Statements.WriteAsync(
            shard,
            progress with
            {
                After = after,
                IsDone = customers.Count < BatchSize,
            },
            cancellationToken
        );
    }

    private Task<CustomerTransaction?> PlanAsync(CustomerId id, DateOnly month, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            id,
            async () =>
                await receivables.ReadUnmergedAsync(id, cancellationToken) is { } account
                && StatementPlan.NeedsMonthly(account.Customer.Value, month)
                    ? new Facts(account, await receivables.ReadHistoryAsync(id, account.Invoices, cancellationToken))
                    : null,
            (facts, now) =>
                StatementPlan.DecideMonthly(
                    new DunningContext(facts.Account.Customer.Value, rules, now),
                    facts.Account,
                    facts.History,
                    month
                ),
            cancellationToken
        );

    private sealed record Facts(CustomerAccount Account, AccountHistory History);
}
