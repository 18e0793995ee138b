using Dunning.Dashboard.Layout;
using Dunning.Forecast;
using Dunning.Policies;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.OverviewPages;

/// <summary>Makes the figures of the overview: reads the rows of each shard, and writes one row for each.</summary>
public sealed class SummarizeReceivables(
    ReceivablesTable receivables,
    SummaryStore summaries,
    Forecasts forecasts,
    DunningRules rules,
    TimeProvider clock
)
{
    [Function(nameof(SummarizeReceivables))]
    public async Task Run([TimerTrigger("%SummarySchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        await RunAsync(cancellationToken);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var isStopped = await receivables.Sending.IsStoppedAsync(cancellationToken);
        var before = await summaries.ReadAsync(cancellationToken);
        foreach (var shard in receivables.Shards.All)
        {
            var accounts = await receivables.ReadAllAsync(shard, cancellationToken).ToListAsync(cancellationToken);
            var closed = await receivables
                .FindClosedInvoicesAsync(shard, cancellationToken)
                .ToListAsync(cancellationToken);
            var summary = ShardSummary.Create(
                accounts,
                closed,
                rules,
                clock.GetUtcNow(),
                before.GetValueOrDefault(shard)
            );
            await summaries.WriteAsync(
                shard,
                summary with
                {
                    Forecast = ForecastSummary.Sum(
                        accounts.Select(account => ForecastSummary.Of(forecasts.Create(account, isStopped)))
                    ),
                },
                cancellationToken
            );
        }
    }
}
