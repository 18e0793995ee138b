using System.Text.Json;
using Dunning.Notices.Delivery;
using Dunning.Payments.Ledger;
using Dunning.Receivables.Storage;
using Dunning.Scheduling;

namespace Dunning.Recovery;

/// <summary>
/// Reads the subject of a failed message. Null when the message is not a valid message of that queue.
/// </summary>
internal static class FailedMessage
{
    public static NoticeReady? NoticeOf(Failure failure) =>
        failure.Queue is Queues.EmailNotices or Queues.SmsNotices or Queues.EscalationNotices
        && Read<NoticeReady>(failure.Message) is { CustomerId.Value: not null, NoticeId.Value: not null } ready
            ? ready
            : null;

    public static PaymentReceived? PaymentOf(Failure failure) =>
        failure.Queue is Queues.PaymentsReceived
        && Read<PaymentReceived>(failure.Message) is { } received
        && received.Endpoint is not null
        && received.Delivery is not null
            ? received
            : null;

    public static ShardScan? ScanOf(Failure failure) =>
        failure.Queue is Queues.Scan && Read<ShardScan>(failure.Message) is { Shard: not null } scan ? scan : null;

    private static T? Read<T>(string message)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(message, Rows.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
