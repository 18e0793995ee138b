using Dunning.Policies;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Records the delivery status of a message, and plans a fallback notice for a reminder whose address is dead. Safe to
/// run any number of times.
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
    /// A report may arrive before the sender has recorded its outcome, which takes seconds; if the sender has stopped,
    /// the recovery timer follows up.
    /// </summary>
    private static readonly TimeSpan _firstWait = TimeSpan.FromSeconds(5),
        _maxWait = TimeSpan.FromHours(1),
        _maxAge = TimeSpan.FromDays(7);

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
            var sentMessages = await receivables.ReadSentMessagesAsync(account.Id, report.NoticeId, cancellationToken);
            if (sentMessages.FirstOrDefault(sent => sent.Value.Notice.Id == report.NoticeId) is not { } message)
            {
                if (account.Notice(report.NoticeId) is null)
                {
                    // The sender may have recorded its outcome between the two reads.
                    if (attempt == 0)
                        continue;
                    return;
                }
                await WaitAsync(report, cancellationToken);
                return;
            }
            if (
                DeliveryReportDecision.Decide(
                    message,
                    account,
                    [.. sentMessages.Select(sent => sent.Value).Where(sent => sent != message.Value)],
                    report,
                    rules,
                    clock.GetUtcNow()
                )
                is not { } change
            )
                return;
            if (!await receivables.TryCommitAsync(change.Transaction, cancellationToken))
                continue;
            foreach (var notice in change.Notices)
                await queues.SendAsync(notice, notice.NotBefore - clock.GetUtcNow(), cancellationToken);
            return;
        }
        throw new InvalidOperationException(
            $"The delivery report of notice {report.NoticeId} of {report.CustomerId} was not recorded: other writers "
                + $"changed the customer's rows {MaxAttempts} times. The queue retries."
        );
    }

    /// <summary>The wait grows with the report's age: a notice in doubt can wait for a person for days.</summary>
    private async Task WaitAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        var age = clock.GetUtcNow() - report.At;
        if (age < _maxAge)
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
