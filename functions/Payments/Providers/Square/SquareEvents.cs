using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Square;

/// <summary>
/// Square's webhooks (developer.squareup.com/docs/webhooks/v2webhook-events-tech-ref). An invoice of Square's tells of
/// money that payments tell of too, so it counts as a total. Events of other types carry no facts.
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
        ["invoice.scheduled_charge_failed"] = invoice => SquareInvoice.Fact(invoice, PaymentChangeKind.Failed),
        ["invoice.canceled"] = invoice => SquareInvoice.Fact(invoice, PaymentChangeKind.Stop),
        ["invoice.deleted"] = invoice => SquareInvoice.Fact(invoice, PaymentChangeKind.Stop),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root)
    {
        var fields = new WebhookPayload(root);
        var read = new PaymentEvent(
            fields.RequiredId("event_id"),
            fields.RequiredId("type"),
            fields.Instant("created_at"),
            Live: true,
            [],
            Account: fields.Loose("merchant_id")
        );
        var fact = _mappings.TryGetValue(read.Type, out var map) ? map(fields) : null;
        // Nothing paid is nothing to book.
        var isNothing = fact is null or { ReportsPayment: true, Amount.IsZero: true };
        return fields.OrProblem(isNothing ? read : read with { Facts = [fact!] });
    }

    private static PaymentChange? Payment(WebhookPayload fields)
    {
        const string at = "data.object.payment.";
        var id = fields.RequiredId(at + "id");
        PaymentChange Fact(PaymentChangeKind kind, Money? amount = null) =>
            new(
                kind,
                id,
                References.Normalize([fields.Text(at + "reference_id")]),
                [.. new[] { fields.Id(at + "order_id") }.OfType<string>()],
                amount
            );
        return fields.Required(at + "status") switch
        {
            "COMPLETED" => Fact(
                PaymentChangeKind.Payment,
                fields.Minor(at + "amount_money.amount", at + "amount_money.currency")
            ),
            "APPROVED" or "PENDING" => Fact(PaymentChangeKind.InFlight),
            "FAILED" or "CANCELED" => Fact(PaymentChangeKind.Failed),
            _ => null,
        };
    }

    private static PaymentChange? Refund(WebhookPayload fields)
    {
        const string at = "data.object.refund.";
        var amount = fields.Minor(at + "amount_money.amount", at + "amount_money.currency");
        PaymentChange Fact(Money money) =>
            new(
                PaymentChangeKind.Refund,
                fields.RequiredId(at + "id"),
                [],
                [.. new[] { fields.Id(at + "payment_id"), fields.Id(at + "order_id") }.OfType<string>()],
                money
            );
        return fields.Required(at + "status") switch
        {
            "COMPLETED" => Fact(amount),
            "FAILED" or "REJECTED" => Fact(Money.Zero(amount.Currency)),
            _ => null,
        };
    }

    private static PaymentChange Dispute(WebhookPayload fields)
    {
        const string at = "data.object.dispute.";
        var amount = fields.Minor(at + "amount_money.amount", at + "amount_money.currency");
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
