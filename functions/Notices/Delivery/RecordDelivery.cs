using Dunning.Policies;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Writes down what a provider says of a message, and sends a reminder that reached nobody another way. Safe to run any
/// number of times.
/// </summary>
public sealed class RecordDelivery(
    ReceivablesTable receivables,
    DunningRules rules,
    Queues queues,
    TimeProvider clock,
    Failures failures
)
{
    private const int MaxAttempts = 20;

    /// <summary>
    /// The report may be faster than the sender, who writes its outcome within seconds, or whom Recover follows up.
    /// </summary>
    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(5),
        _maxWait = TimeSpan.FromHours(1),
        _givesUp = TimeSpan.FromDays(7);

    [Function(nameof(RecordDelivery))]
    public Task Run(
        [QueueTrigger(Queues.DeliveryReports)] DeliveryReport report,
        CancellationToken cancellationToken
    ) => failures.WatchAsync(Queues.DeliveryReports, report, () => RecordAsync(report, cancellationToken));

    private async Task RecordAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await receivables.ReadAsync(report.CustomerId, cancellationToken) is not { } account)
                return;
            var handed = await receivables.ReadSentMessagesAsync(report.CustomerId, report.NoticeId, cancellationToken);
            if (handed.FirstOrDefault(h => h.Value.Notice.Id == report.NoticeId) is not { } own)
            {
                if (account.Notice(report.NoticeId) is null)
                {
                    // It may have been written between the two reads.
                    if (attempt == 0)
                        continue;
                    return;
                }
                await WaitAsync(report, cancellationToken);
                return;
            }
            if (
                DeliveryReportDecision.Decide(
                    own,
                    account,
                    [.. handed.Select(h => h.Value).Where(h => h != own.Value)],
                    report,
                    rules,
                    clock.GetUtcNow()
                )
                is not { } news
            )
                return;
            if (!await receivables.TryCommitAsync(news.Transaction, cancellationToken))
                continue;
            foreach (var notice in news.Notices)
                await queues.SendAsync(notice, notice.NotBefore - clock.GetUtcNow(), cancellationToken);
            return;
        }
        throw new InvalidOperationException(
            $"Customer {report.CustomerId} kept changing while a delivery report was being written."
        );
    }

    /// <summary>The older the report, the longer: a notice in doubt waits for a person.</summary>
    private async Task WaitAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        var age = clock.GetUtcNow() - report.At;
        if (age < _givesUp)
            await queues.SendAsync(
                Queues.DeliveryReports,
                report,
                age < _firstWait ? _firstWait
                    : age > _maxWait ? _maxWait
                    : age,
                cancellationToken
            );
    }
}
