using System.Text.Json;
using Azure.Storage.Queues;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning;

/// <summary>
/// Every queue, in the order in which an invoice meets them, and the one way to put a message into one.
/// </summary>
public sealed class Queues(QueueServiceClient client)
{
    /// <summary>One message a shard and tick: plan what is due there.</summary>
    public const string Scan = "scan";

    /// <summary>One message a planned mail.</summary>
    public const string EmailNotices = "email-notices";

    /// <summary>One message a planned text message.</summary>
    public const string SmsNotices = "sms-notices";

    /// <summary>One message a planned escalation copy or task.</summary>
    public const string EscalationNotices = "escalation-notices";

    /// <summary>One message an event of Azure Communication Services about a mail; filled by Event Grid.</summary>
    public const string EmailEvents = "email-events";

    /// <summary>One message a word of a provider about a message that was handed to it.</summary>
    public const string DeliveryReports = "delivery-reports";

    /// <summary>One message a verified webhook event: apply it to the ledger.</summary>
    public const string PaymentsReceived = "payments-received";

    public static readonly IReadOnlyList<string> All =
    [
        Scan,
        EmailNotices,
        SmsNotices,
        EscalationNotices,
        EmailEvents,
        DeliveryReports,
        PaymentsReceived,
    ];

    /// <summary>Storage queues hide a message for seven days at the most.</summary>
    private static readonly TimeSpan _maxDelay = TimeSpan.FromDays(7);

    /// <summary>The next tick scans again: a backlog of old ticks is of no use.</summary>
    private static readonly TimeSpan _scanExpires = TimeSpan.FromHours(1);
    private static readonly TimeSpan _neverExpires = TimeSpan.FromSeconds(-1);

    public static string Poison(string queue) => $"{queue}-poison";

    public static string ForChannel(Channel channel) =>
        channel switch
        {
            Channel.Email => EmailNotices,
            Channel.Sms => SmsNotices,
            _ => EscalationNotices,
        };

    /// <summary>
    /// Tells the sender of the notice's channel to look at it, once <paramref name="delay"/> has passed.
    /// </summary>
    public Task SendAsync(Notice notice, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(ForChannel(notice.Channel), new NoticeReady(notice.CustomerId, notice.Id), delay, cancellationToken);

    public Task SendAsync<T>(string queue, T message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendTextAsync(queue, JsonSerializer.Serialize(message, Rows.Json), delay, cancellationToken);

    /// <param name="text">A serialised message record of the queue.</param>
    public async Task SendTextAsync(string queue, string text, TimeSpan delay, CancellationToken cancellationToken)
    {
        var visibleIn =
            delay < TimeSpan.Zero ? TimeSpan.Zero
            : delay > _maxDelay ? _maxDelay
            : delay;
        // Whole seconds is what the service counts in; a message that wakes early would find that it is too early.
        var seconds = TimeSpan.FromSeconds(Math.Ceiling(visibleIn.TotalSeconds));
        await client
            .GetQueueClient(queue)
            .SendMessageAsync(text, seconds, queue == Scan ? _scanExpires : _neverExpires, cancellationToken);
    }

    /// <summary>Whether the queues can be reached at all.</summary>
    /// <exception cref="Azure.RequestFailedException">They cannot.</exception>
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
