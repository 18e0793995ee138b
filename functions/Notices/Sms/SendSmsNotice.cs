using Dunning.Notices.Delivery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Sms;

/// <summary>
/// Sends a reminder by SMS. Safe to run any number of times: only the run that claims the notice sends it.
/// </summary>
public sealed class SendSmsNotice(NoticeDelivery delivery, SmsChannel channel)
{
    [Function(nameof(SendSmsNotice))]
    public Task Run([QueueTrigger(Queues.SmsNotices)] NoticeReady ready, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(ready, channel, cancellationToken);
}
