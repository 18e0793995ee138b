using Dunning.Notices.Delivery;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Email;

/// <summary>
/// Sends a reminder or a thank-you by email. Safe to run any number of times: only the run that claims the notice sends
/// it.
/// </summary>
public sealed class SendEmailNotice(NoticeDelivery delivery, EmailChannel channel, Failures failures)
{
    [Function(nameof(SendEmailNotice))]
    public Task Run([QueueTrigger(Queues.EmailNotices)] NoticeReady ready, CancellationToken cancellationToken) =>
        failures.WatchAsync(Queues.EmailNotices, ready, () => delivery.DeliverAsync(ready, channel, cancellationToken));
}
