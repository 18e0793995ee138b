using Dunning.Payments.Webhooks;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Enqueues deliveries of the inbox that were not applied: the process stopped between saving and enqueueing, or the
/// provider's API could not be read. The delay doubles with each attempt, up to a day.
/// </summary>
public sealed class RequeueUnappliedPayments(Inbox inbox, Queues queues, TimeProvider clock)
{
    private static readonly TimeSpan _firstDelay = TimeSpan.FromMinutes(5),
        _maxDelay = TimeSpan.FromDays(1);

    [Function(nameof(RequeueUnappliedPayments))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var read in inbox.FindNewAsync(cancellationToken))
        {
            var delivery = read.Value;
            var now = clock.GetUtcNow();
            if (now <= (delivery.RetryAt ?? delivery.ReceivedAt + _firstDelay))
                continue;
            await inbox.PostponeAsync(
                read,
                delivery with
                {
                    AttemptCount = delivery.AttemptCount + 1,
                    RetryAt = now + DelayAfter(delivery.AttemptCount),
                },
                cancellationToken
            );
            await queues.SendAsync(Queues.PaymentsReceived, delivery.Message, TimeSpan.Zero, cancellationToken);
        }
    }

    private static TimeSpan DelayAfter(int attemptCount) =>
        attemptCount < 10 ? Min(_firstDelay * (2 << attemptCount), _maxDelay) : _maxDelay;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
