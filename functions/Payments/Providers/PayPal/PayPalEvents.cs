using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.PayPal;

/// <summary>
/// PayPal's webhooks of both API versions (developer.paypal.com/api/rest/webhooks/event-names). PayPal's own invoices
/// report money that captures report too, so they are booked as totals. Events of other types have no changes.
/// </summary>
internal static class PayPalEvents
{
    private static readonly FrozenDictionary<string, Func<PayPalResource, PaymentChange?>> _mappings = new Dictionary<
        string,
        Func<PayPalResource, PaymentChange?>
    >
    {
        ["PAYMENT.CAPTURE.COMPLETED"] = capture => capture.Change(PaymentChangeKind.Payment, capture.Amount()),
        ["PAYMENT.SALE.COMPLETED"] = sale => sale.Change(PaymentChangeKind.Payment, sale.AmountV1()),
        ["PAYMENT.CAPTURE.PENDING"] = capture => capture.Change(PaymentChangeKind.InFlight),
        ["PAYMENT.CAPTURE.DENIED"] = capture => capture.Change(PaymentChangeKind.Failed),
        ["PAYMENT.CAPTURE.DECLINED"] = capture => capture.Change(PaymentChangeKind.Failed),
        ["PAYMENT.CAPTURE.REFUNDED"] = refund => refund.Change(PaymentChangeKind.Refund, refund.Amount()),
        ["PAYMENT.CAPTURE.REVERSED"] = reversal => reversal.Change(PaymentChangeKind.Chargeback, reversal.Amount()),
        ["CUSTOMER.DISPUTE.CREATED"] = dispute => dispute.Dispute(),
        ["CUSTOMER.DISPUTE.RESOLVED"] = dispute => dispute.Dispute(),
        ["INVOICING.INVOICE.PAID"] = PayPalInvoice.Paid,
        ["INVOICING.INVOICE.REFUNDED"] = PayPalInvoice.Refunded,
        ["INVOICING.INVOICE.CANCELLED"] = PayPalInvoice.Cancelled,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root, WebhookRequest request)
    {
        var fields = new WebhookPayload(root);
        var paymentEvent = new PaymentEvent(
            fields.RequiredId("id"),
            fields.RequiredId("event_type"),
            fields.Instant("create_time"),
            Live: !PayPalSignature.IsSandbox(request),
            [],
            Account: fields.TextOrNumber("resource.payee.merchant_id")
        );
        var change = _mappings.TryGetValue(paymentEvent.Type, out var map) ? map(new PayPalResource(fields)) : null;
        return fields.OrProblem(paymentEvent.With(change));
    }
}
