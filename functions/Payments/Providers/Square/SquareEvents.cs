using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Square;

/// <summary>
/// Square's webhooks (developer.squareup.com/docs/webhooks/v2webhook-events-tech-ref). Square's own invoices report
/// money that payments report too, so they are booked as totals. Events of other types have no changes.
/// </summary>
internal static class SquareEvents
{
    private static readonly FrozenDictionary<string, Func<WebhookPayload, PaymentChange?>> _mappings = new Dictionary<
        string,
        Func<WebhookPayload, PaymentChange?>
    >
    {
        ["payment.created"] = Payment,
        ["payment.updated"] = Payment,
        ["refund.created"] = Refund,
        ["refund.updated"] = Refund,
        ["dispute.created"] = Dispute,
        ["dispute.state.updated"] = Dispute,
        ["dispute.state.changed"] = Dispute,
        ["invoice.payment_made"] = SquareInvoice.Paid,
        ["invoice.refunded"] = SquareInvoice.Refunded,
        ["invoice.scheduled_charge_failed"] = invoice => SquareInvoice.Change(invoice, PaymentChangeKind.Failed),
        ["invoice.canceled"] = invoice => SquareInvoice.Change(invoice, PaymentChangeKind.Stop),
        ["invoice.deleted"] = invoice => SquareInvoice.Change(invoice, PaymentChangeKind.Stop),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root)
    {
        var fields = new WebhookPayload(root);
        var paymentEvent = new PaymentEvent(
            fields.RequiredId("event_id"),
            fields.RequiredId("type"),
            fields.Instant("created_at"),
            Live: true,
            [],
            Account: fields.TextOrNumber("merchant_id")
        );
        var change = _mappings.TryGetValue(paymentEvent.Type, out var map) ? map(fields) : null;
        return fields.OrProblem(paymentEvent.With(change));
    }

    private static PaymentChange? Payment(WebhookPayload fields)
    {
        const string at = "data.object.payment.";
        var id = fields.RequiredId(at + "id");
        PaymentChange Change(PaymentChangeKind kind, Money? amount = null) =>
            new(
                kind,
                id,
                References.Normalize([fields.Text(at + "reference_id")]),
                [.. new[] { fields.Id(at + "order_id") }.OfType<string>()],
                amount
            );
        return fields.Required(at + "status") switch
        {
            "COMPLETED" => Change(
                PaymentChangeKind.Payment,
                fields.MinorUnits(at + "amount_money.amount", at + "amount_money.currency")
            ),
            "APPROVED" or "PENDING" => Change(PaymentChangeKind.InFlight),
            "FAILED" or "CANCELED" => Change(PaymentChangeKind.Failed),
            _ => null,
        };
    }

    private static PaymentChange? Refund(WebhookPayload fields)
    {
        const string at = "data.object.refund.";
        var amount = fields.MinorUnits(at + "amount_money.amount", at + "amount_money.currency");
        PaymentChange Change(Money money) =>
            new(
                PaymentChangeKind.Refund,
                fields.RequiredId(at + "id"),
                [],
                [.. new[] { fields.Id(at + "payment_id"), fields.Id(at + "order_id") }.OfType<string>()],
                money
            );
        return fields.Required(at + "status") switch
        {
            "COMPLETED" => Change(amount),
            "FAILED" or "REJECTED" => Change(Money.Zero(amount.Currency)),
            _ => null,
        };
    }

    private static PaymentChange Dispute(WebhookPayload fields)
    {
        const string at = "data.object.dispute.";
        var amount = fields.MinorUnits(at + "amount_money.amount", at + "amount_money.currency");
        var (kind, money) = fields.Required(at + "state") switch
        {
            "LOST" or "ACCEPTED" => (PaymentChangeKind.Chargeback, amount),
            "WON" => (PaymentChangeKind.ChargebackReversed, Money.Zero(amount.Currency)),
            _ => (PaymentChangeKind.Dispute, amount),
        };
        var payment = fields.Id(at + "disputed_payment.payment_id") ?? fields.Id(at + "payment_id");
        var id = fields.Id(at + "id") ?? fields.RequiredId(at + "dispute_id");
        return new(
            kind,
            id,
            [],
            [.. new[] { payment }.OfType<string>()],
            money,
            References.Note(fields.Text(at + "reason"))
        );
    }
}
