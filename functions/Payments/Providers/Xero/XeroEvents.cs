using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Xero;

/// <summary>
/// Xero's webhooks hold ids (developer.xero.com/documentation/guides/webhooks): what concerns an invoice waits for a
/// person until there is a connector. An "intent to receive" has no events.
/// </summary>
internal static class XeroEvents
{
    private static readonly FrozenSet<string> _aboutMoney = new[]
    {
        "INVOICE",
        "CREDITNOTE",
        "PAYMENT",
        "PREPAYMENT",
        "OVERPAYMENT",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <returns>Null for a body that is no delivery.</returns>
    public static IReadOnlyList<PaymentEvent>? Read(JsonElement root, string id)
    {
        var fields = new WebhookPayload(root);
        if (
            root.ValueKind != JsonValueKind.Object
            || (fields.Find("events") is { } events && events.ValueKind != JsonValueKind.Array)
        )
            return null;
        return fields.Items("events").Any()
            ? [.. fields.Items("events").Select(Map)]
            : [new(id, "intent to receive", DateTimeOffset.UnixEpoch, Live: true, [])];
    }

    private static PaymentEvent Map(JsonElement one)
    {
        var fields = new WebhookPayload(one);
        var (tenant, resource) = (fields.RequiredId("tenantId"), fields.RequiredId("resourceId"));
        var (category, type, at) = (
            fields.RequiredId("eventCategory"),
            fields.RequiredId("eventType"),
            fields.RequiredId("eventDateUtc")
        );
        // A bill of ours is nothing that we are owed.
        var isBill = fields.Loose("data.Type")?.StartsWith("ACCPAY", StringComparison.Ordinal) == true;
        if (fields.Problem is null && _aboutMoney.Contains(category) && !isBill)
            fields.Refuse($"{category} {resource} changed: needs a connector to read the invoice");
        return fields.OrProblem(
            new PaymentEvent(
                $"{tenant} {resource} {at} {type}",
                $"{category}.{type}",
                DateTimeOffset.UnixEpoch,
                Live: true,
                [],
                Account: tenant
            )
        );
    }
}
