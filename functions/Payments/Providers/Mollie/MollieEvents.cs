using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>
/// Mollie's next-generation webhooks (docs.mollie.com/reference/webhooks-new). A full payload holds the entity; a
/// simple one its id only, and the rest is read at the API. Payment links and sales invoices tell of money that
/// payments tell of too: they count as totals.
/// </summary>
internal static class MollieEvents
{
    private static readonly Meaning _onItsWay = new(PaymentChangeKind.InFlight);
    private static readonly Meaning _failed = new(PaymentChangeKind.Failed);
    private static readonly Meaning _disputed = new(PaymentChangeKind.Dispute);

    private static readonly FrozenDictionary<string, Meaning> _meanings = new Dictionary<string, Meaning>
    {
        ["payment-link.paid"] = new(PaymentChangeKind.PaymentTotal, "amount"),
        ["sales-invoice.paid"] = new(PaymentChangeKind.PaymentTotal, "totalAmount"),
        ["payment.paid"] = new(PaymentChangeKind.Payment, "amount"),
        ["payment.pending"] = _onItsWay,
        ["payment.authorized"] = _onItsWay,
        ["payment.failed"] = _failed,
        ["payment.expired"] = _failed,
        ["payment.canceled"] = _failed,
        ["refund.refunded"] = new(PaymentChangeKind.Refund, "amount"),
        ["refund.failed"] = new(PaymentChangeKind.Refund, "amount", Undone: true),
        ["dispute.created"] = _disputed,
        ["dispute.updated"] = _disputed,
        ["dispute.resolved"] = _disputed,
        ["sales-invoice.canceled"] = new(PaymentChangeKind.Stop),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root)
    {
        const string entity = "_embedded.entity.";
        var fields = new WebhookPayload(root);
        var read = new PaymentEvent(
            fields.RequiredId("id"),
            fields.RequiredId("type"),
            fields.Instant("createdAt"),
            IsLive(fields, entity),
            [],
            Account: fields.Loose(entity + "profileId")
        );
        if (!_meanings.TryGetValue(read.Type, out var meaning))
            return fields.OrProblem(read);
        var id = fields.AddressableId("entityId");
        if (fields.Find("_embedded.entity") is not null)
            return fields.OrProblem(read with { Facts = [meaning.Fact(fields, entity, id)] });
        if (AddressOf(read.Type, id) is not { } address)
            fields.Refuse($"{read.Type} names {id} only: choose full payloads for this webhook");
        else
            read = read with { Facts = [new(meaning.Kind, id, [], [], Amount: null)], Fetch = address };
        return fields.OrProblem(read);
    }

    /// <param name="fetched">The entity, as the API answers.</param>
    public static PaymentEvent Complete(PaymentEvent announced, JsonElement fetched)
    {
        var fields = new WebhookPayload(fetched);
        if (announced.Facts is not [var fact])
            return announced;
        if (fields.RequiredId("id") != fact.ObjectId)
            fields.Refuse("the API answered with another object");
        return fields.OrProblem(
            announced with
            {
                Live = IsLive(fields, ""),
                Account = fields.Loose("profileId"),
                Facts = [_meanings[announced.Type].Fact(fields, "", fact.ObjectId)],
                Fetch = null,
            }
        );
    }

    internal static bool IsLive(WebhookPayload fields, string at) => fields.Loose(at + "mode") != "test";

    private static string? AddressOf(string type, string id) =>
        type.Split('.')[0] switch
        {
            "payment" => $"payments/{id}",
            "payment-link" => $"payment-links/{id}",
            "sales-invoice" => $"sales-invoices/{id}",
            // A refund or a dispute is found below its payment only, which a simple payload does not name.
            _ => null,
        };

    /// <param name="AmountAt">Null for a fact without an amount.</param>
    private sealed record Meaning(PaymentChangeKind Kind, string? AmountAt = null, bool Undone = false)
    {
        public PaymentChange Fact(WebhookPayload fields, string at, string id)
        {
            Money? amount = AmountAt is null
                ? null
                : fields.Decimal($"{at}{AmountAt}.value", $"{at}{AmountAt}.currency");
            return MollieFacts.Create(fields, at, Kind, id, Undone ? Money.Zero(amount!.Value.Currency) : amount);
        }
    }
}
