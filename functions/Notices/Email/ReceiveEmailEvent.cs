using Dunning.Notices.Delivery;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Email;

/// <summary>
/// Receives delivery reports from the queue that Event Grid fills: one event per message, in base64 as set in
/// host.json. Ignores emails of other applications that use the same resource.
/// </summary>
public sealed class ReceiveEmailEvent(Lookup lookup, Queues queues, TimeProvider clock)
{
    [Function(nameof(ReceiveEmailEvent))]
    public async Task Run([QueueTrigger(Queues.EmailEvents)] string message, CancellationToken cancellationToken)
    {
        if (
            AcsEvent.Read(message) is { } report
            && await lookup.FindEmailAsync(report.MessageId, cancellationToken) is var (customer, notice)
        )
            await queues.SendAsync(
                Queues.DeliveryReports,
                new DeliveryReport(customer, notice, report.Recipient, report.Status, report.Reason, clock.GetUtcNow()),
                TimeSpan.Zero,
                cancellationToken
            );
    }
}
