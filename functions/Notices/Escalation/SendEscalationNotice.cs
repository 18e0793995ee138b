using Dunning.Notices.Delivery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Escalation;

/// <summary>
/// Sends escalation copies to the customer's management and the account manager, and follow-ups to the account manager
/// alone. Safe to run any number of times: only the run that claims the notice sends it.
/// </summary>
public sealed class SendEscalationNotice(NoticeDelivery delivery, EscalationChannel channel)
{
    [Function(nameof(SendEscalationNotice))]
    public Task Run([QueueTrigger(Queues.EscalationNotices)] NoticeReady ready, CancellationToken cancellationToken) =>
        delivery.DeliverAsync(ready, channel, cancellationToken);
}
