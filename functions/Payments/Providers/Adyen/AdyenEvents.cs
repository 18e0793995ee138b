using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>
/// Adyen's standard webhooks. Only signed fields are read. No time is signed, so events about one payment are ordered
/// by the sequence in which their types can occur. Codes not listed here move no money of the creditor.
/// </summary>
internal static class AdyenEvents
{
    private static readonly Mapping _disputed = new(0, item => item.Change(PaymentChangeKind.Dispute, item.Original));
    private static readonly Mapping _refundFailed = new(
        2,
        item => item.Change(PaymentChangeKind.Refund, item.Own, item.Zero)
    );

    private static readonly FrozenDictionary<string, Mapping> _autoCapture = Table(
        new()
        {
            ["AUTHORISATION true"] = new(1, item => item.Payment(item.Own)),
            ["CAPTURE true"] = new(2, item => item.Payment(item.Original)),
            ["CAPTURE_FAILED true"] = new(3, item => item.Change(PaymentChangeKind.Payment, item.Original, item.Zero)),
        }
    );

    /// <summary>
    /// A payment may be captured in parts: each capture is booked by its own reference. The authorisation is not
    /// booked.
    /// </summary>
    private static readonly FrozenDictionary<string, Mapping> _manualCapture = Table(
        new()
        {
            ["AUTHORISATION true"] = new(1, item => item.Change(PaymentChangeKind.InFlight, item.Own)),
            ["CAPTURE true"] = new(2, item => item.Payment(item.Own)),
            ["CAPTURE_FAILED true"] = new(3, item => item.Change(PaymentChangeKind.Payment, item.Own, item.Zero)),
        }
    );

    /// <returns>Null for a body that is no notification.</returns>
    public static IReadOnlyList<PaymentEvent>? Read(JsonElement root, bool manualCapture)
    {
        var live = new WebhookPayload(root).TextOrNumber("live") != "false";
        var events = AdyenItem
            .ReadAll(root)
            .Select(item => Map(item.Fields, item.Success, live, manualCapture ? _manualCapture : _autoCapture))
            .ToList();
        return events.Count > 0 ? events : null;
    }

    private static PaymentEvent Map(
        WebhookPayload fields,
        string? success,
        bool live,
        FrozenDictionary<string, Mapping> mappings
    )
    {
        var code = fields.RequiredId("eventCode");
        if (success is not ("true" or "false"))
            fields.ReportProblem("success is neither true nor false");
        var account = fields.RequiredId("merchantAccountCode");
        var id = string.Join(' ', account, fields.RequiredId("pspReference"), code, success);
        var mapping = mappings.GetValueOrDefault($"{code} {success}");
        var change = mapping?.Read(new Item(fields));
        var occurredAt = DateTimeOffset.UnixEpoch.AddSeconds(mapping?.Order ?? 0);
        return fields.OrProblem(
            new PaymentEvent(id, code, occurredAt, live, change is null ? [] : [change], Account: account)
        );
    }

    private static FrozenDictionary<string, Mapping> Table(Dictionary<string, Mapping> captures) =>
        new Dictionary<string, Mapping>(captures)
        {
            ["AUTHORISATION false"] = new(0, item => item.Change(PaymentChangeKind.Failed, item.Own)),
            ["CAPTURE false"] = new(2, item => item.Change(PaymentChangeKind.Failed, item.Original)),
            ["CANCELLATION true"] = new(2, item => item.Change(PaymentChangeKind.Failed, item.Original)),
            ["PENDING true"] = new(0, item => item.Change(PaymentChangeKind.InFlight, item.Own)),
            ["ORDER_CLOSED true"] = new(1, item => item.Change(PaymentChangeKind.PaymentTotal, item.Own, item.Amount)),
            ["REFUND true"] = new(1, item => item.Change(PaymentChangeKind.Refund, item.Own, item.Amount)),
            ["REFUND_FAILED true"] = _refundFailed,
            ["REFUNDED_REVERSED true"] = _refundFailed,
            ["NOTIFICATION_OF_CHARGEBACK true"] = _disputed,
            ["REQUEST_FOR_INFORMATION true"] = _disputed,
            ["CHARGEBACK true"] = new(1, item => item.Change(PaymentChangeKind.Chargeback, item.Original, item.Amount)),
            ["CHARGEBACK_REVERSED true"] = new(
                2,
                item => item.Change(PaymentChangeKind.ChargebackReversed, item.Original, item.Zero)
            ),
            ["SECOND_CHARGEBACK true"] = new(
                3,
                item => item.Change(PaymentChangeKind.Chargeback, item.Original, item.Amount)
            ),
            ["PREARBITRATION_LOST true"] = new(
                4,
                item => item.Change(PaymentChangeKind.Chargeback, item.Original, item.Amount)
            ),
            ["PREARBITRATION_WON true"] = new(
                4,
                item => item.Change(PaymentChangeKind.ChargebackReversed, item.Original, item.Zero)
            ),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="Order">The position in the sequence of events about one payment, refund or dispute.</param>
    private sealed record Mapping(int Order, Func<Item, PaymentChange?> Read);

    private sealed class Item(WebhookPayload fields)
    {
        public string Own => fields.RequiredId("pspReference");
        public string Original => fields.Id("originalReference") ?? Own;
        public Money Amount => fields.MinorUnits("amount.value", "amount.currency");
        public Money Zero => Money.Zero(Amount.Currency);

        /// <summary>Null for an amount of zero: the card was only validated.</summary>
        public PaymentChange? Payment(string id) =>
            Amount.IsZero ? null : Change(PaymentChangeKind.Payment, id, Amount);

        public PaymentChange Change(PaymentChangeKind kind, string id, Money? amount = null) =>
            new(
                kind,
                id,
                References.Normalize([fields.Text("merchantReference")]),
                [.. new[] { Original, Own }.Where(other => other != id).Distinct()],
                amount
            );
    }
}
