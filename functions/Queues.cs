using System.Text.Json;
using Azure.Storage.Queues;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning;

/// <summary>
/// All queues, in the order in which an invoice passes through them, and the only code of
/// the app that sends queue messages.
/// </summary>
public sealed class Queues(QueueServiceClient client)
{
    /// <summary>One message per shard and timer run: plan what is due there.</summary>
    public const string Scan = "scan";

    /// <summary>One message per planned email.</summary>
    public const string EmailNotices = "email-notices";

    /// <summary>One message per planned SMS.</summary>
    public const string SmsNotices = "sms-notices";

    /// <summary>One message per planned escalation copy or follow-up.</summary>
    public const string EscalationNotices = "escalation-notices";

    /// <summary>
    /// One message per event of Azure Communication Services about an email; Event Grid sends them.
    /// </summary>
    public const string EmailEvents = "email-events";

    /// <summary>One message per delivery report of a provider.</summary>
    public const string DeliveryReports = "delivery-reports";

    /// <summary>One message per received email: read it.</summary>
    public const string ReceivedMail = "received-mail";

    /// <summary>One message per document of an invoice that is fetched from its address.</summary>
    public const string Documents = "documents";

    /// <summary>One message per verified webhook delivery: apply it to the ledger.</summary>
    public const string PaymentsReceived = "payments-received";

    /// <summary>One message per slice of a job: do it.</summary>
    public const string Jobs = "jobs";

    public static readonly IReadOnlyList<string> All =
    [
        Scan,
        EmailNotices,
        SmsNotices,
        EscalationNotices,
        EmailEvents,
        DeliveryReports,
        ReceivedMail,
        Documents,
        PaymentsReceived,
        Jobs,
    ];

    /// <summary>Azure Storage hides a queue message for at most seven days.</summary>
    private static readonly TimeSpan _maxDelay = TimeSpan.FromDays(7);

    /// <summary>The next timer run sends a new message, so an old scan message is not needed.</summary>
    private static readonly TimeSpan _scanExpires = TimeSpan.FromHours(1);
    private static readonly TimeSpan _neverExpires = TimeSpan.FromSeconds(-1);

    public static string Poison(string queue) => $"{queue}-poison";

    public static string ForChannel(Channel channel) =>
        channel switch
        {
            Channel.Email => EmailNotices,
            Channel.Sms => SmsNotices,
            Channel.Escalation => EscalationNotices,
            _ => throw new ArgumentOutOfRangeException(
                nameof(channel),
                channel,
                "A person does it: there is no queue."
            ),
        };

    /// <summary>
    /// Enqueues the notice for the sender of its channel, to be received after <paramref name="delay"/>. What a person
    /// does is in no queue.
    /// </summary>
    public Task SendAsync(Notice notice, TimeSpan delay, CancellationToken cancellationToken) =>
        notice.Channel.IsByPerson()
            ? Task.CompletedTask
            : SendAsync(
                ForChannel(notice.Channel),
                new NoticeReady(notice.CustomerId, notice.Id),
                delay,
                cancellationToken
            );

    public Task SendAsync<T>(string queue, T message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendTextAsync(queue, JsonSerializer.Serialize(message, Rows.Json), delay, cancellationToken);

    /// <param name="text">A message record of the queue as JSON.</param>
    /// <param name="delay">Negative is none; more than seven days is shortened to seven.</param>
    public async Task SendTextAsync(string queue, string text, TimeSpan delay, CancellationToken cancellationToken)
    {
        var visibleIn =
            delay < TimeSpan.Zero ? TimeSpan.Zero
            : delay > _maxDelay ? _maxDelay
            : delay;
        // Storage queues count whole seconds. Round up: a message that arrives early would have to be enqueued again.
        var seconds = TimeSpan.FromSeconds(Math.Ceiling(visibleIn.TotalSeconds));
        await client
            .GetQueueClient(queue)
            .SendMessageAsync(text, seconds, queue == Scan ? _scanExpires : _neverExpires, cancellationToken);
    }

    /// <exception cref="Azure.RequestFailedException">The queue service is unavailable.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken) =>
        await client.GetQueueClient(Scan).GetPropertiesAsync(cancellationToken);

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in All)
        {
            await client.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await client.GetQueueClient(Poison(queue)).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }
}
