using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Xero;

/// <summary>
/// Xero's webhooks hold only ids (developer.xero.com/documentation/guides/webhooks). There is no connector that reads
/// the rest, so events about invoices need manual review. An "intent to receive" has no events.
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

    private static PaymentEvent Map(JsonElement element)
    {
        var fields = new WebhookPayload(element);
        var (tenant, resource) = (fields.RequiredId("tenantId"), fields.RequiredId("resourceId"));
        var (category, type, date) = (
            fields.RequiredId("eventCategory"),
            fields.RequiredId("eventType"),
            fields.RequiredId("eventDateUtc")
        );
        // ACCPAY is a bill that the creditor has to pay, not an invoice that it issued.
        var isBill = fields.TextOrNumber("data.Type")?.StartsWith("ACCPAY", StringComparison.Ordinal) == true;
        if (fields.Problem is null && _aboutMoney.Contains(category) && !isBill)
            fields.ReportProblem($"{category} {resource} changed: needs a connector to read the invoice");
        return fields.OrProblem(
            new PaymentEvent(
                $"{tenant} {resource} {date} {type}",
                $"{category}.{type}",
                DateTimeOffset.UnixEpoch,
                Live: true,
                [],
                Account: tenant
            )
        );
    }
}
