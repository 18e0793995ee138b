using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.GoCardless;

/// <summary>
/// GoCardless posts up to 250 events at once, with ids and without amounts
/// (developer.gocardless.com/api-reference/#appendix-webhooks): those are read at its API. Actions not named here move
/// no money of ours.
/// </summary>
internal static class GoCardlessEvents
{
    private static readonly Meaning _paid = new(PaymentChangeKind.Payment, All);
    private static readonly Meaning _onItsWay = new(PaymentChangeKind.InFlight);
    private static readonly Meaning _givenUp = new(PaymentChangeKind.Failed);
    private static readonly Meaning _notRefunded = new(PaymentChangeKind.Refund, Nothing);

    private static readonly FrozenDictionary<string, Meaning> _meanings = new Dictionary<string, Meaning>
    {
        ["payments.created"] = _onItsWay,
        ["payments.submitted"] = _onItsWay,
        ["payments.resubmission_requested"] = _onItsWay,
        ["payments.confirmed"] = _paid,
        ["payments.paid_out"] = _paid,
        ["payments.cancelled"] = _givenUp,
        ["payments.customer_approval_denied"] = _givenUp,
        // Unlike the two above it may follow a payment that was confirmed.
        ["payments.failed"] = new(PaymentChangeKind.Failed, Nothing),
        ["payments.charged_back"] = new(PaymentChangeKind.Chargeback, All),
        ["payments.chargeback_cancelled"] = new(PaymentChangeKind.ChargebackReversed, Nothing),
        ["refunds.created"] = new(PaymentChangeKind.Refund, All),
        ["refunds.failed"] = _notRefunded,
        ["refunds.bounced"] = _notRefunded,
        ["refunds.funds_returned"] = _notRefunded,
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

    /// <param name="fetched">The payment or refund that the event is about, as the API answers.</param>
    public static PaymentEvent Complete(PaymentEvent announced, JsonElement fetched)
    {
        var fields = new WebhookPayload(fetched);
        var at = announced.Fetch!.Split('/')[0];
        if (announced.Facts is not [var fact] || _meanings[announced.Type].Amount is not { } amountOf)
            return announced;
        if (fields.RequiredId($"{at}.id") != fact.ObjectId)
            fields.Refuse("the API answered with another object");
        var amount = amountOf(fields.Minor($"{at}.amount", $"{at}.currency"));
        var known = fact with
        {
            References = References.Normalize([
                .. fact.References,
                .. MetadataReferences.In(fields, $"{at}.metadata"),
                fields.Loose($"{at}.reference"),
            ]),
            Related = [.. new[] { fields.Id($"{at}.links.payment") }.OfType<string>()],
            Amount = amount,
        };
        return fields.OrProblem(
            announced with
            {
                Fetch = null,
                Facts =
                    fact.Kind is PaymentChangeKind.Failed
                        ? [known with { Amount = null }, known with { Kind = PaymentChangeKind.Payment }]
                        : [known],
            }
        );
    }

    private static PaymentEvent Map(JsonElement one)
    {
        var fields = new WebhookPayload(one);
        var (id, resource) = (fields.RequiredId("id"), fields.RequiredId("resource_type"));
        var type = $"{resource}.{fields.RequiredId("action")}";
        var read = new PaymentEvent(
            id,
            type,
            fields.Instant("created_at"),
            Live: true,
            [],
            Account: fields.Loose("links.organisation")
        );
        if (_mandateEnds.Contains(type))
            fields.Refuse($"mandate {fields.AddressableId("links.mandate")}: {type}, further collections will fail");
        if (_meanings.TryGetValue(type, out var meaning))
            read = Announce(read, meaning, fields, resource);
        return fields.OrProblem(read);
    }

    private static PaymentEvent Announce(PaymentEvent read, Meaning meaning, WebhookPayload fields, string resource)
    {
        var id = fields.AddressableId(resource == "refunds" ? "links.refund" : "links.payment");
        var note = meaning.Kind is PaymentChangeKind.Failed or PaymentChangeKind.Chargeback
            ? References.Note(fields.Loose("details.description"))
            : null;
        var fact = new PaymentChange(
            meaning.Kind,
            id,
            References.Normalize(MetadataReferences.In(fields, "resource_metadata")),
            [],
            Amount: null,
            note
        );
        return read with { Facts = [fact], Fetch = meaning.Amount is null ? null : $"{resource}/{id}" };
    }

    private static Money All(Money amount) => amount;

    private static Money Nothing(Money amount) => Money.Zero(amount.Currency);

    /// <param name="Amount">How much of the payment's or refund's amount; null where the event says it all.</param>
    private sealed record Meaning(PaymentChangeKind Kind, Func<Money, Money>? Amount = null);
}
