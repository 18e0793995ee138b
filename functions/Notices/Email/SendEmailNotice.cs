using Dunning.Notices.Delivery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Email;

/// <summary>
/// Sends a reminder or a thank-you by email. Safe to run any number of times: only the run that claims the notice sends
/// it.
/// </summary>
public sealed class SendEmailNotice(NoticeDelivery delivery, EmailChannel channel)
{
    [Function(nameof(SendEmailNotice))]
    public Task Run([QueueTrigger(Queues.EmailNotices)] NoticeReady ready, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(ready, channel, cancellationToken);
}
