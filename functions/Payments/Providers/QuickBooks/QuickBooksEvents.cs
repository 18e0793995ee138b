using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.QuickBooks;

/// <summary>
/// QuickBooks Online's webhooks hold only ids: a batch of CloudEvents of several companies, and until July 2026 also
/// the form <c>eventNotifications</c> (developer.intuit.com, webhooks). There is no connector that reads the rest, so
/// events about invoices need manual review.
/// </summary>
internal static class QuickBooksEvents
{
    private static readonly FrozenSet<string> _aboutMoney = new[]
    {
        "invoice",
        "payment",
        "creditmemo",
        "refundreceipt",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <returns>Null for a body of neither form.</returns>
    public static IReadOnlyList<PaymentEvent>? Read(JsonElement root, string id)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return root.GetArrayLength() > 0 ? [.. root.EnumerateArray().Select(MapCloudEvent)] : [Empty(id)];
        if (new WebhookPayload(root).Find("eventNotifications") is not { ValueKind: JsonValueKind.Array } notifications)
            return null;
        var events = notifications.EnumerateArray().SelectMany(MapNotification).ToList();
        return events.Count > 0 ? events : [Empty(id)];
    }

    private static PaymentEvent MapCloudEvent(JsonElement element)
    {
        var fields = new WebhookPayload(element);
        var type = fields.RequiredId("type");
        // For example qbo.invoice.updated.v1.
        var entity = type.Split('.') is ["qbo", var name, ..] ? name : "";
        var company = fields.RequiredId("intuitaccountid");
        var description = $"{entity} {fields.RequiredId("intuitentityid")} of company {company}";
        var paymentEvent = new PaymentEvent(
            $"{fields.RequiredId("source")} {fields.RequiredId("id")}",
            type,
            fields.Instant("time"),
            Live: true,
            [],
            Account: company
        );
        return WithProblem(paymentEvent, fields, entity, description);
    }

    private static IEnumerable<PaymentEvent> MapNotification(JsonElement notification)
    {
        var realm = new WebhookPayload(notification).TextOrNumber("realmId");
        foreach (var entity in new WebhookPayload(notification).Items("dataChangeEvent.entities"))
        {
            var fields = new WebhookPayload(entity);
            var (name, id, operation) = (
                fields.RequiredId("name"),
                fields.RequiredId("id"),
                fields.RequiredId("operation")
            );
            var paymentEvent = new PaymentEvent(
                $"{realm} {name} {id} {operation} {fields.RequiredId("lastUpdated")}",
                $"{name}.{operation}",
                fields.Instant("lastUpdated"),
                Live: true,
                [],
                Account: realm
            );
            yield return WithProblem(paymentEvent, fields, name, $"{name} {id} of company {realm}");
        }
    }

    /// <summary>An event about money needs manual review; any other has no effect.</summary>
    private static PaymentEvent WithProblem(
        PaymentEvent paymentEvent,
        WebhookPayload fields,
        string entity,
        string description
    )
    {
        if (fields.Problem is null && _aboutMoney.Contains(entity))
            fields.ReportProblem($"{description} changed: needs a connector to read the invoice");
        return fields.OrProblem(paymentEvent);
    }

    private static PaymentEvent Empty(string id) => new(id, "empty", DateTimeOffset.UnixEpoch, Live: true, []);
}
