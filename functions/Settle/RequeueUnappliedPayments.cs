using Microsoft.Azure.Functions.Worker;

namespace Dunning.Settle;

/// <summary>Enqueues again what lies in the inbox and was not applied: the process died between keeping it and enqueueing it.</summary>
public sealed class RequeueUnappliedPayments(Inbox inbox, WebhookEndpoints endpoints, Queues queues, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Function(nameof(RequeueUnappliedPayments))]
    public async Task Run([TimerTrigger("%RecoverSchedule%")] TimerInfo timer, CancellationToken cancel)
    {
        foreach (var endpoint in endpoints.All)
        {
            await foreach (var delivery in inbox.FindNewAsync(endpoint.Id, cancel))
            {
                if (clock.GetUtcNow() - delivery.ReceivedAt > Patience)
                    await queues.SendAsync(Queues.PaymentsReceived, delivery.Message, TimeSpan.Zero, cancel);
            }
        }
    }
}
