using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recovery;

/// <summary>
/// Moves messages from the poison queues to <see cref="Failures"/>, where they wait for an operator decision.
/// </summary>
public sealed class KeepPoisonedMessage(Failures failures)
{
    [Function("KeepPoisonedScan")]
    public Task Scan([QueueTrigger(Queues.Scan + "-poison")] string message, CancellationToken cancellationToken) =>
        failures.PoisonAsync(Queues.Scan, message, cancellationToken);

    [Function("KeepPoisonedEmailNotice")]
    public Task EmailNotice(
        [QueueTrigger(Queues.EmailNotices + "-poison")] string message,
        CancellationToken cancellationToken
    ) => failures.PoisonAsync(Queues.EmailNotices, message, cancellationToken);

    [Function("KeepPoisonedSmsNotice")]
    public Task SmsNotice(
        [QueueTrigger(Queues.SmsNotices + "-poison")] string message,
        CancellationToken cancellationToken
    ) => failures.PoisonAsync(Queues.SmsNotices, message, cancellationToken);

    [Function("KeepPoisonedEscalationNotice")]
    public Task EscalationNotice(
        [QueueTrigger(Queues.EscalationNotices + "-poison")] string message,
        CancellationToken cancellationToken
    ) => failures.PoisonAsync(Queues.EscalationNotices, message, cancellationToken);

    [Function("KeepPoisonedEmailEvent")]
    public Task EmailEvent(
        [QueueTrigger(Queues.EmailEvents + "-poison")] string message,
        CancellationToken cancellationToken
    ) => failures.PoisonAsync(Queues.EmailEvents, message, cancellationToken);

    [Function("KeepPoisonedDeliveryReport")]
    public Task DeliveryReport(
        [QueueTrigger(Queues.DeliveryReports + "-poison")] string message,
        CancellationToken cancellationToken
    ) => failures.PoisonAsync(Queues.DeliveryReports, message, cancellationToken);

    [Function("KeepPoisonedReceivedMail")]
    public Task ReceivedMail(
        [QueueTrigger(Queues.ReceivedMail + "-poison")] string message,
        CancellationToken cancellationToken
    ) => failures.PoisonAsync(Queues.ReceivedMail, message, cancellationToken);

    [Function("KeepPoisonedDocument")]
    public Task Document(
        [QueueTrigger(Queues.Documents + "-poison")] string message,
        CancellationToken cancellationToken
    ) => failures.PoisonAsync(Queues.Documents, message, cancellationToken);

    [Function("KeepPoisonedPayment")]
    public Task Payment(
        [QueueTrigger(Queues.PaymentsReceived + "-poison")] string message,
        CancellationToken cancellationToken
    ) => failures.PoisonAsync(Queues.PaymentsReceived, message, cancellationToken);

    [Function("KeepPoisonedJob")]
    public Task Job([QueueTrigger(Queues.Jobs + "-poison")] string message, CancellationToken cancellationToken) =>
        failures.PoisonAsync(Queues.Jobs, message, cancellationToken);
}
