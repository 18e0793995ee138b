using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>
/// Mollie's next-generation webhooks (docs.mollie.com/reference/webhooks-new). A full payload contains the entity; a
/// simple payload only its id, and the rest is read from the API. Payment links and sales invoices report money that
/// payments report too, so they are booked as totals.
/// </summary>
internal static class MollieEvents
{
    private static readonly Mapping _inFlight = new(PaymentChangeKind.InFlight);
    private static readonly Mapping _failed = new(PaymentChangeKind.Failed);
    private static readonly Mapping _disputed = new(PaymentChangeKind.Dispute);

    private static readonly FrozenDictionary<string, Mapping> _mappings = new Dictionary<string, Mapping>
    {
        ["payment-link.paid"] = new(PaymentChangeKind.PaymentTotal, "amount"),
        ["sales-invoice.paid"] = new(PaymentChangeKind.PaymentTotal, "totalAmount"),
        ["payment.paid"] = new(PaymentChangeKind.Payment, "amount"),
        ["payment.pending"] = _inFlight,
        ["payment.authorized"] = _inFlight,
        ["payment.failed"] = _failed,
        ["payment.expired"] = _failed,
        ["payment.canceled"] = _failed,
        ["refund.refunded"] = new(PaymentChangeKind.Refund, "amount"),
        ["refund.failed"] = new(PaymentChangeKind.Refund, "amount", IsZero: true),
        ["dispute.created"] = _disputed,
        ["dispute.updated"] = _disputed,
        ["dispute.resolved"] = _disputed,
        ["sales-invoice.canceled"] = new(PaymentChangeKind.Stop),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root)
    {
        const string entity = "_embedded.entity.";
        var fields = new WebhookPayload(root);
        var paymentEvent = new PaymentEvent(
            fields.RequiredId("id"),
            fields.RequiredId("type"),
            fields.Instant("createdAt"),
            IsLive(fields, entity),
            [],
            Account: fields.TextOrNumber(entity + "profileId")
        );
        if (!_mappings.TryGetValue(paymentEvent.Type, out var mapping))
            return fields.OrProblem(paymentEvent);
        var id = fields.UrlSafeId("entityId");
        if (fields.Find("_embedded.entity") is not null)
            return fields.OrProblem(paymentEvent with { Changes = [mapping.Change(fields, entity, id)] });
        if (ApiPath(paymentEvent.Type, id) is not { } path)
            fields.ReportProblem(
                $"{paymentEvent.Type} contains only the id {id}: choose full payloads for this webhook"
            );
        else
            paymentEvent = paymentEvent with { Changes = [new(mapping.Kind, id, [], [], Amount: null)], Fetch = path };
        return fields.OrProblem(paymentEvent);
    }

    /// <param name="fetched">The entity that the API returned.</param>
    public static PaymentEvent Complete(PaymentEvent webhookEvent, JsonElement fetched)
    {
        var fields = new WebhookPayload(fetched);
        if (webhookEvent.Changes is not [var change])
            return webhookEvent;
        if (fields.RequiredId("id") != change.ObjectId)
            fields.ReportProblem("the API returned another object");
        return fields.OrProblem(
            webhookEvent with
            {
                Live = IsLive(fields, ""),
                Account = fields.TextOrNumber("profileId"),
                Changes = [_mappings[webhookEvent.Type].Change(fields, "", change.ObjectId)],
                Fetch = null,
            }
        );
    }

    /// <param name="prefix">The path of the entity with a dot at the end; empty for the root.</param>
    internal static bool IsLive(WebhookPayload fields, string prefix) => fields.TextOrNumber(prefix + "mode") != "test";

    private static string? ApiPath(string type, string id) =>
        type.Split('.')[0] switch
        {
            "payment" => $"payments/{id}",
            "payment-link" => $"payment-links/{id}",
            "sales-invoice" => $"sales-invoices/{id}",
            // A refund or dispute can only be read through its payment, which a simple payload does not name.
            _ => null,
        };

    /// <param name="AmountPath">Relative to the entity; null for a change without an amount.</param>
    /// <param name="IsZero">True when the event cancels the amount, of which only the currency is used.</param>
    private sealed record Mapping(PaymentChangeKind Kind, string? AmountPath = null, bool IsZero = false)
    {
        public PaymentChange Change(WebhookPayload fields, string prefix, string id)
        {
            Money? amount = AmountPath is null
                ? null
                : fields.DecimalAmount($"{prefix}{AmountPath}.value", $"{prefix}{AmountPath}.currency");
            return MollieChanges.Create(fields, prefix, Kind, id, IsZero ? Money.Zero(amount!.Value.Currency) : amount);
        }
    }
}
