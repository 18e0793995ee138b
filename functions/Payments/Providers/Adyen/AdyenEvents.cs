using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>
/// Adyen's standard webhooks, read from their signed fields alone. No time is signed, so what is later among events
/// about one payment is told by what can follow what. Codes not named here move no money of ours.
/// </summary>
internal static class AdyenEvents
{
    private static readonly Meaning _disputed = new(0, item => item.Fact(PaymentChangeKind.Dispute, item.Original));
    private static readonly Meaning _refundUndone = new(
        2,
        item => item.Fact(PaymentChangeKind.Refund, item.Own, item.Nothing)
    );

    private static readonly FrozenDictionary<string, Meaning> _autoCapture = Table(
        new()
        {
            ["AUTHORISATION true"] = new(1, item => item.Payment(item.Own)),
            ["CAPTURE true"] = new(2, item => item.Payment(item.Original)),
            ["CAPTURE_FAILED true"] = new(3, item => item.Fact(PaymentChangeKind.Payment, item.Original, item.Nothing)),
        }
    );

    /// <summary>
    /// A payment may be captured in parts: each counts by its own reference, and none before it is captured.
    /// </summary>
    private static readonly FrozenDictionary<string, Meaning> _manualCapture = Table(
        new()
        {
            ["AUTHORISATION true"] = new(1, item => item.Fact(PaymentChangeKind.InFlight, item.Own)),
            ["CAPTURE true"] = new(2, item => item.Payment(item.Own)),
            ["CAPTURE_FAILED true"] = new(3, item => item.Fact(PaymentChangeKind.Payment, item.Own, item.Nothing)),
        }
    );

    /// <returns>Null for a body that is no notification.</returns>
    public static IReadOnlyList<PaymentEvent>? Read(JsonElement root, bool manualCapture)
    {
        var live = new WebhookPayload(root).Loose("live") != "false";
        var events = AdyenItem
            .In(root)
            .Select(item => Map(item.Fields, item.Success, live, manualCapture ? _manualCapture : _autoCapture))
            .ToList();
        return events.Count > 0 ? events : null;
    }

    private static PaymentEvent Map(
        WebhookPayload fields,
        string? success,
        bool live,
        FrozenDictionary<string, Meaning> meanings
    )
    {
        var code = fields.RequiredId("eventCode");
        if (success is not ("true" or "false"))
            fields.Refuse("success is neither true nor false");
        var account = fields.RequiredId("merchantAccountCode");
        var id = string.Join(' ', account, fields.RequiredId("pspReference"), code, success);
        var meaning = meanings.GetValueOrDefault($"{code} {success}");
        var fact = meaning?.Read(new Item(fields));
        var order = DateTimeOffset.UnixEpoch.AddSeconds(meaning?.Order ?? 0);
        return fields.OrProblem(new PaymentEvent(id, code, order, live, fact is null ? [] : [fact], Account: account));
    }

    private static FrozenDictionary<string, Meaning> Table(Dictionary<string, Meaning> captures) =>
        new Dictionary<string, Meaning>(captures)
        {
            ["AUTHORISATION false"] = new(0, item => item.Fact(PaymentChangeKind.Failed, item.Own)),
            ["CAPTURE false"] = new(2, item => item.Fact(PaymentChangeKind.Failed, item.Original)),
            ["CANCELLATION true"] = new(2, item => item.Fact(PaymentChangeKind.Failed, item.Original)),
            ["PENDING true"] = new(0, item => item.Fact(PaymentChangeKind.InFlight, item.Own)),
            ["ORDER_CLOSED true"] = new(1, item => item.Fact(PaymentChangeKind.PaymentTotal, item.Own, item.Amount)),
            ["REFUND true"] = new(1, item => item.Fact(PaymentChangeKind.Refund, item.Own, item.Amount)),
            ["REFUND_FAILED true"] = _refundUndone,
            ["REFUNDED_REVERSED true"] = _refundUndone,
            ["NOTIFICATION_OF_CHARGEBACK true"] = _disputed,
            ["REQUEST_FOR_INFORMATION true"] = _disputed,
            ["CHARGEBACK true"] = new(1, item => item.Fact(PaymentChangeKind.Chargeback, item.Original, item.Amount)),
            ["CHARGEBACK_REVERSED true"] = new(
                2,
                item => item.Fact(PaymentChangeKind.ChargebackReversed, item.Original, item.Nothing)
            ),
            ["SECOND_CHARGEBACK true"] = new(
                3,
                item => item.Fact(PaymentChangeKind.Chargeback, item.Original, item.Amount)
            ),
            ["PREARBITRATION_LOST true"] = new(
                4,
                item => item.Fact(PaymentChangeKind.Chargeback, item.Original, item.Amount)
            ),
            ["PREARBITRATION_WON true"] = new(
                4,
                item => item.Fact(PaymentChangeKind.ChargebackReversed, item.Original, item.Nothing)
            ),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="Order">The place among the events about one payment, refund or dispute.</param>
    private sealed record Meaning(int Order, Func<Item, PaymentChange?> Read);

    private sealed class Item(WebhookPayload fields)
    {
        public string Own => fields.RequiredId("pspReference");
        public string Original => fields.Id("originalReference") ?? Own;
        public Money Amount => fields.Minor("amount.value", "amount.currency");
        public Money Nothing => Money.Zero(Amount.Currency);

        /// <summary>A card that is only checked is charged nothing.</summary>
        public PaymentChange? Payment(string id) => Amount.IsZero ? null : Fact(PaymentChangeKind.Payment, id, Amount);

        public PaymentChange Fact(PaymentChangeKind kind, string id, Money? amount = null) =>
            new(
                kind,
                id,
                References.Normalize([fields.Text("merchantReference")]),
                [.. new[] { Original, Own }.Where(other => other != id).Distinct()],
                amount
            );
    }
}
