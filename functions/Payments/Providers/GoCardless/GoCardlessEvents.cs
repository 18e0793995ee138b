using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.GoCardless;

/// <summary>
/// GoCardless posts up to 250 events at once, with ids and without amounts
/// (developer.gocardless.com/api-reference/#appendix-webhooks): the amounts are read from its API. Actions not listed
/// here move no money of the creditor.
/// </summary>
internal static class GoCardlessEvents
{
    private static readonly Mapping _paid = new(PaymentChangeKind.Payment, FullAmount);
    private static readonly Mapping _inFlight = new(PaymentChangeKind.InFlight);
    private static readonly Mapping _cancelled = new(PaymentChangeKind.Failed);
    private static readonly Mapping _refundFailed = new(PaymentChangeKind.Refund, ZeroAmount);

    private static readonly FrozenDictionary<string, Mapping> _mappings = new Dictionary<string, Mapping>
    {
        ["payments.created"] = _inFlight,
        ["payments.submitted"] = _inFlight,
        ["payments.resubmission_requested"] = _inFlight,
        ["payments.confirmed"] = _paid,
        ["payments.paid_out"] = _paid,
        ["payments.cancelled"] = _cancelled,
        ["payments.customer_approval_denied"] = _cancelled,
        // Unlike the two above, it may follow a confirmed payment, whose amount becomes zero.
        ["payments.failed"] = new(PaymentChangeKind.Failed, ZeroAmount),
        ["payments.charged_back"] = new(PaymentChangeKind.Chargeback, FullAmount),
        ["payments.chargeback_cancelled"] = new(PaymentChangeKind.ChargebackReversed, ZeroAmount),
        ["refunds.created"] = new(PaymentChangeKind.Refund, FullAmount),
        ["refunds.failed"] = _refundFailed,
        ["refunds.bounced"] = _refundFailed,
        ["refunds.funds_returned"] = _refundFailed,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> _mandateEnds = new[]
    {
        "mandates.cancelled",
        "mandates.failed",
        "mandates.expired",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <returns>Null for a body that is no batch.</returns>
    public static IReadOnlyList<PaymentEvent>? Read(JsonElement root) =>
        new WebhookPayload(root).Find("events") is { ValueKind: JsonValueKind.Array } events
            ? [.. events.EnumerateArray().Select(Map)]
            : null;

    /// <param name="fetched">The payment or refund of the event, as the API returned it.</param>
    public static PaymentEvent Complete(PaymentEvent webhookEvent, JsonElement fetched)
    {
        var fields = new WebhookPayload(fetched);
        // The API wraps the object in a property with the name of the resource, payments or refunds.
        var resource = webhookEvent.Fetch!.Split('/')[0];
        if (webhookEvent.Changes is not [var change] || _mappings[webhookEvent.Type].Amount is not { } bookedAmount)
            return webhookEvent;
        if (fields.RequiredId($"{resource}.id") != change.ObjectId)
            fields.ReportProblem("the API returned another object");
        var amount = bookedAmount(fields.MinorUnits($"{resource}.amount", $"{resource}.currency"));
        var completed = change with
        {
            References = References.Normalize([
                .. change.References,
                .. MetadataReferences.Read(fields, $"{resource}.metadata"),
                fields.TextOrNumber($"{resource}.reference"),
            ]),
            Related = [.. new[] { fields.Id($"{resource}.links.payment") }.OfType<string>()],
            Amount = amount,
        };
        return fields.OrProblem(
            webhookEvent with
            {
                Fetch = null,
                Changes =
                    change.Kind is PaymentChangeKind.Failed
                        ? [completed with { Amount = null }, completed with { Kind = PaymentChangeKind.Payment }]
                        : [completed],
            }
        );
    }

    private static PaymentEvent Map(JsonElement element)
    {
        var fields = new WebhookPayload(element);
        var (id, resource) = (fields.RequiredId("id"), fields.RequiredId("resource_type"));
        var type = $"{resource}.{fields.RequiredId("action")}";
        var paymentEvent = new PaymentEvent(
            id,
            type,
            fields.Instant("created_at"),
            Live: true,
            [],
            Account: fields.TextOrNumber("links.organisation")
        );
        if (_mandateEnds.Contains(type))
            fields.ReportProblem($"mandate {fields.UrlSafeId("links.mandate")}: {type}, further collections will fail");
        if (_mappings.TryGetValue(type, out var mapping))
            paymentEvent = WithChange(paymentEvent, mapping, fields, resource);
        return fields.OrProblem(paymentEvent);
    }

    private static PaymentEvent WithChange(
        PaymentEvent paymentEvent,
        Mapping mapping,
        WebhookPayload fields,
        string resource
    )
    {
        var id = fields.UrlSafeId(resource == "refunds" ? "links.refund" : "links.payment");
        var note = mapping.Kind is PaymentChangeKind.Failed or PaymentChangeKind.Chargeback
            ? References.Note(fields.TextOrNumber("details.description"))
            : null;
        var change = new PaymentChange(
            mapping.Kind,
            id,
            References.Normalize(MetadataReferences.Read(fields, "resource_metadata")),
            [],
            Amount: null,
            note
        );
        return paymentEvent with { Changes = [change], Fetch = mapping.Amount is null ? null : $"{resource}/{id}" };
    }

    private static Money FullAmount(Money amount) => amount;

    private static Money ZeroAmount(Money amount) => Money.Zero(amount.Currency);

    /// <param name="Amount">
    /// The amount to book, made from the payment's or refund's amount; null when the event needs no amount.
    /// </param>
    private sealed record Mapping(PaymentChangeKind Kind, Func<Money, Money>? Amount = null);
}
