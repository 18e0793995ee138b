using Dunning.Payments.Webhooks;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Payments.Ledger;

/// <summary>
/// Enqueues again what lies in the inbox and was not applied: the process died between keeping it and enqueueing it, or
/// a provider's API does not tell what is needed. Each time it waits twice as long, up to a day.
/// </summary>
public sealed class RequeueUnappliedPayments(Inbox inbox, Queues queues, TimeProvider clock)
{
    private static readonly TimeSpan _firstDelay = TimeSpan.FromMinutes(5),
        _maxDelay = TimeSpan.FromDays(1);

    [Function(nameof(RequeueUnappliedPayments))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await foreach (var delivery in inbox.FindNewAsync(cancellationToken))
        {
            var now = clock.GetUtcNow();
            if (now <= (delivery.RetryAt ?? delivery.ReceivedAt + _firstDelay))
                continue;
            await inbox.PostponeAsync(
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

    private static TimeSpan DelayAfter(int tries) =>
        tries < 10 ? Min(_firstDelay * (2 << tries), _maxDelay) : _maxDelay;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
