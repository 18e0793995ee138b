using Microsoft.Azure.Functions.Worker;

namespace Dunning.Settle;

/// <summary>
/// Enqueues again what lies in the inbox and was not applied: the process died between keeping it and enqueueing it, or a provider's API does not
/// tell what is needed. Each time it waits twice as long, up to a day.
/// </summary>
public sealed class RequeueUnappliedPayments(Inbox inbox, Queues queues, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5), Longest = TimeSpan.FromDays(1);

    [Function(nameof(RequeueUnappliedPayments))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancel)
    {
        await foreach (var delivery in inbox.FindNewAsync(cancel))
        {
            var now = clock.GetUtcNow();
            if (now <= (delivery.RetryAt ?? delivery.ReceivedAt + Patience))
                continue;
            await inbox.PostponeAsync(delivery with { Tries = delivery.Tries + 1, RetryAt = now + DelayAfter(delivery.Tries) }, cancel);
            await queues.SendAsync(Queues.PaymentsReceived, delivery.Message, TimeSpan.Zero, cancel);
        }
    }

    private static TimeSpan DelayAfter(int tries) => tries < 10 ? Min(Patience * (2 << tries), Longest) : Longest;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
