using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.StandardWebhooks;

/// <summary>
/// The generic webhook, for any sender that reports payments: a Standard Webhooks payload (<c>type</c>,
/// <c>timestamp</c>, <c>data</c>) or a CloudEvent 1.0 in structured or batch form (<c>specversion</c>, <c>id</c>,
/// <c>source</c>, <c>type</c>, <c>time</c>, <c>data</c>).
/// <code>
/// { "type": "payment.received", "timestamp": "2026-01-05T09:00:00Z",
///   "data": { "invoiceNumber": "2026-0042", "paymentId": "pay-7", "amount": "119.00", "currency": "EUR" } }
/// </code>
/// Types, optionally with a reverse-DNS prefix and the suffix <c>.v1</c>; others have no changes:
/// <list type="bullet">
/// <item><c>payment.received</c>: <c>paymentId</c>, <c>amount</c>, <c>currency</c>. The same id again corrects the
/// amount.</item>
/// <item><c>payment.refunded</c>: <c>refundId</c>, <c>paymentId</c>, <c>amount</c>, <c>currency</c>. Amount 0: the
/// refund failed, finally.</item>
/// <item><c>payment.reversed</c>: <c>paymentId</c>, <c>amount</c>, <c>currency</c>. A chargeback or a returned direct
/// debit.</item>
/// <item><c>payment.reversal_cancelled</c>: <c>paymentId</c>, <c>currency</c>. The money was returned to the
/// creditor.</item>
/// <item><c>payment.pending</c>, <c>payment.failed</c>: <c>paymentId</c>.</item>
/// <item><c>invoice.voided</c>.</item>
/// </list>
/// <c>data</c> also names the invoice by one or more of <c>invoiceId</c> (ours), <c>externalId</c>,
/// <c>invoiceNumber</c>, <c>number</c>; it may have <c>"test": true</c> and a <c>reason</c> as free text. An amount is
/// a decimal text, or a number whose literal is parsed as a decimal.
/// </summary>
internal static class StandardEvents
{
    private static readonly FrozenDictionary<string, Func<StandardData, PaymentChange>> _mappings = new Dictionary<
        string,
        Func<StandardData, PaymentChange>
    >
    {
        ["payment.received"] = data => data.Change(PaymentChangeKind.Payment, data.PaymentId, data.Amount),
        ["payment.refunded"] = data => data.Change(PaymentChangeKind.Refund, data.RefundId, data.Amount),
        ["payment.reversed"] = data => data.Change(PaymentChangeKind.Chargeback, data.PaymentId, data.Amount),
        ["payment.reversal_cancelled"] = data =>
            data.Change(PaymentChangeKind.ChargebackReversed, data.PaymentId, data.Zero),
        ["payment.pending"] = data => data.Change(PaymentChangeKind.InFlight, data.PaymentId, null),
        ["payment.failed"] = data => data.Change(PaymentChangeKind.Failed, data.PaymentId, null),
        ["invoice.voided"] = data => data.Change(PaymentChangeKind.Stop, data.InvoiceReference, null),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="webhookId">
    /// The event's id unless it is a CloudEvent, whose <c>source</c> and <c>id</c> identify it together.
    /// </param>
    public static PaymentEvent Map(JsonElement root, string webhookId)
    {
        var fields = new WebhookPayload(root);
        var type = fields.RequiredId("type");
        var id = fields.Find("specversion") is null ? webhookId : CloudEventId(fields);
        var occurredAt = OccurredAt(fields);
        var live = !fields.Flag("data.test", defaultValue: false);
        var change = _mappings.TryGetValue(PlainType(type), out var map) ? map(new StandardData(fields)) : null;
        IReadOnlyList<PaymentChange> changes = change is null || fields.Problem is not null ? [] : [change];
        return new(id.Length > 0 ? id : webhookId, type, occurredAt, live, changes, fields.Problem);
    }

    /// <summary>
    /// A CloudEvent may omit its time (CloudEvents 1.0, "Optional attributes"): then it counts as older than any event
    /// with a time.
    /// </summary>
    private static DateTimeOffset OccurredAt(WebhookPayload fields) =>
        (fields.Find("time"), fields.Find("specversion"), fields.Find("timestamp")) switch
        {
            (not null, _, _) => fields.Instant("time"),
            (_, not null, null) => DateTimeOffset.UnixEpoch,
            _ => fields.Instant("timestamp"),
        };

    private static string CloudEventId(WebhookPayload fields)
    {
        if (fields.Required("specversion") != "1.0")
            fields.ReportProblem("specversion is not 1.0");
        var (source, id) = (fields.RequiredId("source"), fields.RequiredId("id"));
        // A source is a URI reference, which has no spaces.
        return fields.Problem is null ? $"{source} {id}" : "";
    }

    private static string PlainType(string type)
    {
        var names = type.EndsWith(".v1", StringComparison.Ordinal) ? type[..^".v1".Length] : type;
        return string.Join('.', names.Split('.').TakeLast(2));
    }
}
