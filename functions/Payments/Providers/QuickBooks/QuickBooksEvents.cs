using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.QuickBooks;

/// <summary>
/// QuickBooks Online's webhooks hold ids, as a batch of CloudEvents of several companies, and until July 2026 as
/// <c>eventNotifications</c>
/// (developer.intuit.com, webhooks): what concerns an invoice waits for a person until there is a connector.
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
            return root.GetArrayLength() > 0 ? [.. root.EnumerateArray().Select(MapCloudEvent)] : [Nothing(id)];
        if (new WebhookPayload(root).Find("eventNotifications") is not { ValueKind: JsonValueKind.Array } notifications)
            return null;
        var events = notifications.EnumerateArray().SelectMany(MapNotification).ToList();
        return events.Count > 0 ? events : [Nothing(id)];
    }

    private static PaymentEvent MapCloudEvent(JsonElement one)
    {
        var fields = new WebhookPayload(one);
        var type = fields.RequiredId("type");
        // qbo.invoice.updated.v1
        var entity = type.Split('.') is ["qbo", var name, ..] ? name : "";
        var company = fields.RequiredId("intuitaccountid");
        var what = $"{entity} {fields.RequiredId("intuitentityid")} of company {company}";
        var read = new PaymentEvent(
            $"{fields.RequiredId("source")} {fields.RequiredId("id")}",
            type,
            fields.Instant("time"),
            Live: true,
            [],
            Account: company
        );
        return Park(fields, entity, what, read);
    }

    private static IEnumerable<PaymentEvent> MapNotification(JsonElement notification)
    {
        var realm = new WebhookPayload(notification).Loose("realmId");
        foreach (var entity in new WebhookPayload(notification).Items("dataChangeEvent.entities"))
        {
            var fields = new WebhookPayload(entity);
            var (name, id, operation) = (
                fields.RequiredId("name"),
                fields.RequiredId("id"),
                fields.RequiredId("operation")
            );
            var read = new PaymentEvent(
                $"{realm} {name} {id} {operation} {fields.RequiredId("lastUpdated")}",
                $"{name}.{operation}",
                fields.Instant("lastUpdated"),
                Live: true,
                [],
                Account: realm
            );
            yield return Park(fields, name, $"{name} {id} of company {realm}", read);
        }
    }

    private static PaymentEvent Park(WebhookPayload fields, string entity, string what, PaymentEvent read)
    {
        if (fields.Problem is null && _aboutMoney.Contains(entity))
            fields.Refuse($"{what} changed: needs a connector to read the invoice");
        return fields.OrProblem(read);
    }

    private static PaymentEvent Nothing(string id) => new(id, "empty", DateTimeOffset.UnixEpoch, Live: true, []);
}
