using Dunning.Notices.Delivery;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Email;

/// <summary>
/// Takes delivery reports from the queue that Event Grid fills, one event a message, in base64 as host.json has it.
/// Mails that are not ours (the resource may serve others too) are let be.
/// </summary>
public sealed class ReceiveEmailEvent(Lookup lookup, Queues queues, TimeProvider clock, Failures failures)
{
    [Function(nameof(ReceiveEmailEvent))]
    public Task Run([QueueTrigger(Queues.EmailEvents)] string message, CancellationToken cancellationToken) =>
        failures.WatchAsync(Queues.EmailEvents, message, () => ReceiveAsync(message, cancellationToken));

    private async Task ReceiveAsync(string message, CancellationToken cancellationToken)
    {
        if (
            AcsEvent.Read(message) is { } told
            && await lookup.FindMailAsync(told.MessageId, cancellationToken) is var (customer, notice)
        )
            await queues.SendAsync(
                Queues.DeliveryReports,
                new DeliveryReport(customer, notice, told.Recipient, told.Status, told.Reason, clock.GetUtcNow()),
                TimeSpan.Zero,
                cancellationToken
            );
    }
}
