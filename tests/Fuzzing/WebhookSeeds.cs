using System.Text;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.QuickBooks;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Providers.Xero;
using Dunning.Tests.Payments;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// For each provider, one body with the fields of all its events, under each event type that has a meaning.
/// </summary>
internal static class WebhookSeeds
{
    private const string Type = "$type";

    public static IReadOnlyList<byte[]> For(string provider) =>
        [
            .. Bodies(provider)
                .Concat(ProviderSamples.All.Where(sample => sample.Provider == provider).Select(sample => sample.Body))
                .Select(Encoding.UTF8.GetBytes),
        ];

    private static IEnumerable<string> Bodies(string provider) =>
        provider switch
        {
            StripeProvider.Name => ForEachType(
                """
                {"id":"evt_1","object":"event","type":"$type","created":1767225600,"livemode":true,"data":{"object":{"object":"invoice","id":"in_1","number":"2026-0042","status":"paid",
                "payment_status":"paid","currency":"eur","amount_paid":1,"amount_due":2,"amount_total":3,"amount":4,"amount_received":5,"amount_refunded":6,"captured":true,"payment_intent":"pi_1",
                "charge":{"id":"ch_1"},"payment":{"payment_intent":"pi_1"},"reason":"fraudulent","failure_reason":"💶","last_payment_error":{"message":"no"},"metadata":{"invoice_number":"\u00e9"}}}}
                """,
                "invoice.paid",
                "invoice.updated",
                "invoice_payment.paid",
                "invoice.payment_failed",
                "invoice.voided",
                "checkout.session.completed",
                "checkout.session.async_payment_failed",
                "payment_intent.succeeded",
                "payment_intent.processing",
                "payment_intent.payment_failed",
                "charge.succeeded",
                "charge.refunded",
                "refund.updated",
                "refund.failed",
                "charge.dispute.created",
                "charge.dispute.funds_withdrawn",
                "charge.dispute.funds_reinstated"
            ),
            StandardWebhooksProvider.Name => ForEachType(
                    """
                    {"specversion":"1.0","id":"1","source":"/a","type":"com.example.$type.v1","time":"2026-01-05T10:11:12.345Z","data":{"invoiceNumber":"2026-0042","paymentId":"p","refundId":"r",
                    "amount":"119.00","currency":"EUR","reason":"\ud83d\udcb6"}}
                    """,
                    "payment.received",
                    "payment.refunded",
                    "payment.reversed",
                    "payment.reversal_cancelled",
                    "payment.pending",
                    "payment.failed",
                    "invoice.voided"
                )
                .Append(
                    """[{"type":"payment.received","timestamp":"2026-01-05T10:11:12Z","data":{"number":"2026-0042","paymentId":"p","amount":119.00,"currency":"EUR","test":false}}]"""
                ),
            GoCardlessProvider.Name => ForEachType(
                """
                {"events":[{"id":"EV1","created_at":"2026-01-05T09:00:00.000Z","resource_type":"payments","action":"$type","links":{"payment":"PM1","refund":"RF1"},"details":{"description":"Zoë"},
                "resource_metadata":{"invoice_number":"2026-0042"}},{"id":"EV2","created_at":"2026-01-05T09:00:00.000Z","resource_type":"mandates","action":"cancelled","links":{"mandate":"MD1"}}]}
                """,
                "created",
                "confirmed",
                "cancelled",
                "failed",
                "charged_back",
                "chargeback_cancelled"
            ),
            MollieProvider.Name => ForEachType(
                """
                {"resource":"event","id":"whe_1","type":"$type","entityId":"tr_1","createdAt":"2026-01-05T09:00:00+00:00","_embedded":{"entity":{"id":"tr_1","mode":"live","paymentId":"tr_0",
                "amount":{"value":"119.00","currency":"EUR"},"totalAmount":{"value":"119.00","currency":"EUR"},"description":"2026-0042","metadata":{"invoice_number":"42"}}}}
                """,
                "payment-link.paid",
                "sales-invoice.paid",
                "payment.pending",
                "payment.failed",
                "refund.refunded",
                "refund.failed",
                "dispute.created",
                "sales-invoice.canceled"
            ),
            PayPalProvider.Name => ForEachType(
                """
                {"id":"WH-1","event_type":"$type","create_time":"2026-01-05T09:00:00.000Z","resource":{"id":"CAP1","dispute_id":"PP-D-1","amount":{"currency_code":"EUR","value":"119.00","total":"6.01",
                "currency":"USD"},"invoice_id":"2026-0042","custom_id":"x","links":[{"rel":"self","href":"x"},{"rel":"up","href":"https://api.paypal.com/v2/x/ORD1"}],"status_details":{"reason":"no"},
                "disputed_transactions":[{"invoice_number":"2026-0042","seller_transaction_id":"CAP1"}],"invoice":{"id":"INV2-1","status":"PAID","detail":{"invoice_number":"2026-0042"},
                "payments":{"paid_amount":{"currency_code":"EUR","value":"50.00"},"transactions":[{"payment_id":"CAP1"}]},"refunds":{"refund_amount":{"currency_code":"EUR","value":"5.00"}}}}}
                """,
                "PAYMENT.CAPTURE.COMPLETED",
                "PAYMENT.SALE.COMPLETED",
                "PAYMENT.CAPTURE.PENDING",
                "PAYMENT.CAPTURE.DENIED",
                "PAYMENT.CAPTURE.REFUNDED",
                "PAYMENT.CAPTURE.REVERSED",
                "CUSTOMER.DISPUTE.CREATED",
                "INVOICING.INVOICE.PAID",
                "INVOICING.INVOICE.REFUNDED",
                "INVOICING.INVOICE.CANCELLED"
            ),
            AdyenProvider.Name or AdyenManualCaptureProvider.Name => ForEachType(
                """
                {"live":"true","notificationItems":[{"NotificationRequestItem":{"pspReference":"8853","originalReference":"8852","merchantAccountCode":"Acme","merchantReference":"2026-0042",
                "amount":{"value":11900,"currency":"EUR"},"eventCode":"$type","success":"true","eventDate":"2026-01-05T09:00:00+01:00","additionalData":{"hmacSignature":"x"}}}]}
                """,
                "AUTHORISATION",
                "CAPTURE",
                "CAPTURE_FAILED",
                "CANCELLATION",
                "PENDING",
                "ORDER_CLOSED",
                "REFUND",
                "REFUND_FAILED",
                "CHARGEBACK",
                "CHARGEBACK_REVERSED",
                "REQUEST_FOR_INFORMATION"
            ),
            SquareProvider.Name => ForEachType(
                """
                {"type":"$type","event_id":"e1","created_at":"2026-01-05T09:00:00.037339943Z","data":{"id":"inv:0-1","object":{"payment":{"id":"P1","status":"COMPLETED","order_id":"O1",
                "reference_id":"2026-0042","amount_money":{"amount":11900,"currency":"EUR"}},"refund":{"id":"R1","status":"COMPLETED","payment_id":"P1","amount_money":{"amount":1,"currency":"EUR"}},
                "dispute":{"id":"D1","state":"LOST","reason":"x","disputed_payment":{"payment_id":"P1"},"amount_money":{"amount":1,"currency":"EUR"}},"invoice":{"id":"inv:0-1","invoice_number":"2026-0042",
                "order_id":"O1","status":"REFUNDED","payment_requests":[{"total_completed_amount_money":{"amount":100,"currency":"EUR"}},{"computed_amount_money":{"amount":1}}]}}}}
                """,
                "payment.created",
                "refund.updated",
                "dispute.state.updated",
                "invoice.payment_made",
                "invoice.refunded",
                "invoice.scheduled_charge_failed",
                "invoice.canceled"
            ),
            RazorpayProvider.Name => ForEachType(
                """
                {"event":"$type","created_at":1767607871,"payload":{"payment":{"entity":{"id":"pay_1","amount":11900,"currency":"EUR","order_id":"order_1","invoice_id":"inv_1","notes":[],
                "error_description":"no"}},"invoice":{"entity":{"id":"inv_1","receipt":"2026-0042","amount_paid":5000,"currency":"EUR","notes":{"invoice_number":"2026-0042"}}},
                "payment_link":{"entity":{"id":"plink_1","reference_id":"2026-0042","amount_paid":1,"currency":"EUR","notes":null}},"order":{"entity":{"id":"order_1","amount_paid":1,"currency":"EUR"}},
                "refund":{"entity":{"id":"rfnd_1","payment_id":"pay_1","amount":1,"currency":"EUR"}},"dispute":{"entity":{"id":"disp_1","payment_id":"pay_1","amount":1,"currency":"EUR","reason_code":"c"}}}}
                """,
                "order.paid",
                "invoice.partially_paid",
                "payment_link.paid",
                "payment.authorized",
                "payment.failed",
                "invoice.expired",
                "payment_link.cancelled",
                "refund.processed",
                "refund.failed",
                "payment.dispute.created",
                "payment.dispute.lost",
                "payment.dispute.won"
            ),
            PaddleProvider.Name => ForEachType(
                """
                {"event_id":"evt_1","event_type":"$type","occurred_at":"2026-01-05T09:00:00.123456Z","data":{"id":"txn_1","transaction_id":"txn_1","action":"refund","status":"approved","reason":"x",
                "currency_code":"EUR","custom_data":{"invoice_number":"2026-0042"},"invoice_number":"325-1","invoice_id":"inv_1","payments":[{"error_code":"declined"}],
                "details":{"totals":{"grand_total":"11900","currency_code":"EUR"}},"totals":{"total":"100","currency_code":"EUR"}}}
                """,
                "transaction.paid",
                "transaction.billed",
                "transaction.payment_failed",
                "transaction.past_due",
                "transaction.canceled",
                "adjustment.updated"
            ),
            QuickBooksProvider.Name =>
            [
                """
                    {"eventNotifications":[{"realmId":"310","dataChangeEvent":{"entities":[{"name":"Invoice","id":"1","operation":"Update","lastUpdated":"2026-01-05T09:00:00-08:00"},
                    {"name":"Customer","id":"2","operation":"Create","lastUpdated":"2026-01-05T09:00:00.000Z"}]}}]}
                    """,
            ],
            XeroProvider.Name => ["""{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"X"}"""],
            _ => [],
        };

    private static IEnumerable<string> ForEachType(string body, params string[] types) =>
        types.Select(type => body.Replace(Type, type, StringComparison.Ordinal));
}
