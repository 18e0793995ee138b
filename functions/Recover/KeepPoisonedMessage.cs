using Microsoft.Azure.Functions.Worker;

namespace Dunning.Recover;

/// <summary>Takes what a queue has given up on out of its poison queue and keeps it, with the cause, until a person replays it.</summary>
public sealed class KeepPoisonedMessage(Failures failures)
{
    [Function("KeepPoisonedScan")]
    public Task Scan([QueueTrigger(Queues.Scan + "-poison")] string message, CancellationToken cancel) =>
        failures.PoisonAsync(Queues.Scan, message, cancel);

    [Function("KeepPoisonedEmailNotice")]
    public Task EmailNotice([QueueTrigger(Queues.EmailNotices + "-poison")] string message, CancellationToken cancel) =>
        failures.PoisonAsync(Queues.EmailNotices, message, cancel);

    [Function("KeepPoisonedSmsNotice")]
    public Task SmsNotice([QueueTrigger(Queues.SmsNotices + "-poison")] string message, CancellationToken cancel) =>
        failures.PoisonAsync(Queues.SmsNotices, message, cancel);

    [Function("KeepPoisonedEscalationNotice")]
    public Task EscalationNotice([QueueTrigger(Queues.EscalationNotices + "-poison")] string message, CancellationToken cancel) =>
        failures.PoisonAsync(Queues.EscalationNotices, message, cancel);

    [Function("KeepPoisonedEmailEvent")]
    public Task EmailEvent([QueueTrigger(Queues.EmailEvents + "-poison")] string message, CancellationToken cancel) =>
        failures.PoisonAsync(Queues.EmailEvents, message, cancel);

    [Function("KeepPoisonedDeliveryReport")]
    public Task DeliveryReport([QueueTrigger(Queues.DeliveryReports + "-poison")] string message, CancellationToken cancel) =>
        failures.PoisonAsync(Queues.DeliveryReports, message, cancel);

    [Function("KeepPoisonedPayment")]
    public Task Payment([QueueTrigger(Queues.PaymentsReceived + "-poison")] string message, CancellationToken cancel) =>
        failures.PoisonAsync(Queues.PaymentsReceived, message, cancel);
}
