using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.PayPal;

/// <summary>
/// PayPal's webhooks of both API versions (developer.paypal.com/api/rest/webhooks/event-names). An invoice of PayPal's
/// tells of money that its captures tell of too, so it counts as a total. Events of other types carry no facts.
/// </summary>
internal static class PayPalEvents
{
    private static readonly FrozenDictionary<string, Func<PayPalResource, PaymentChange?>> _mappings = new Dictionary<
        string,
        Func<PayPalResource, PaymentChange?>
    >
    {
        ["PAYMENT.CAPTURE.COMPLETED"] = capture => capture.Fact(PaymentChangeKind.Payment, capture.Amount()),
        ["PAYMENT.SALE.COMPLETED"] = sale => sale.Fact(PaymentChangeKind.Payment, sale.OldAmount()),
        ["PAYMENT.CAPTURE.PENDING"] = capture => capture.Fact(PaymentChangeKind.InFlight),
        ["PAYMENT.CAPTURE.DENIED"] = capture => capture.Fact(PaymentChangeKind.Failed),
        ["PAYMENT.CAPTURE.DECLINED"] = capture => capture.Fact(PaymentChangeKind.Failed),
        ["PAYMENT.CAPTURE.REFUNDED"] = refund => refund.Fact(PaymentChangeKind.Refund, refund.Amount()),
        ["PAYMENT.CAPTURE.REVERSED"] = reversal => reversal.Fact(PaymentChangeKind.Chargeback, reversal.Amount()),
        ["CUSTOMER.DISPUTE.CREATED"] = dispute => dispute.Dispute(),
        ["CUSTOMER.DISPUTE.RESOLVED"] = dispute => dispute.Dispute(),
        ["INVOICING.INVOICE.PAID"] = PayPalInvoice.Paid,
        ["INVOICING.INVOICE.REFUNDED"] = PayPalInvoice.Refunded,
        ["INVOICING.INVOICE.CANCELLED"] = PayPalInvoice.Cancelled,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root, WebhookRequest request)
    {
        var fields = new WebhookPayload(root);
        var read = new PaymentEvent(
            fields.RequiredId("id"),
            fields.RequiredId("event_type"),
            fields.Instant("create_time"),
            Live: !PayPalSignature.IsSandbox(request),
            [],
            Account: fields.Loose("resource.payee.merchant_id")
        );
        var fact = _mappings.TryGetValue(read.Type, out var map) ? map(new PayPalResource(fields)) : null;
        // Nothing paid is nothing to book.
        var isNothing = fact is null or { ReportsPayment: true, Amount.IsZero: true };
        return fields.OrProblem(isNothing ? read : read with { Facts = [fact!] });
    }
}
