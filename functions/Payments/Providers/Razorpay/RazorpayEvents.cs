using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Razorpay;

/// <summary>
/// Razorpay's webhooks (razorpay.com/docs/webhooks/payloads). One payment is reported by up to four events, which all
/// contain the payment: it is booked once, by its own id. The event id is in a header that is not signed, so an event
/// is identified by its bytes.
/// </summary>
internal static class RazorpayEvents
{
    private static readonly FrozenDictionary<string, Func<RazorpayPayload, IEnumerable<PaymentChange>>> _mappings =
        new Dictionary<string, Func<RazorpayPayload, IEnumerable<PaymentChange>>>
        {
            ["payment.captured"] = payload => payload.Paid(),
            ["order.paid"] = payload => payload.Paid("order"),
            ["invoice.paid"] = payload => payload.Paid("invoice"),
            ["invoice.partially_paid"] = payload => payload.Paid("invoice"),
            ["payment_link.paid"] = payload => payload.Paid("payment_link"),
            ["payment_link.partially_paid"] = payload => payload.Paid("payment_link"),
            ["payment.authorized"] = payload => [payload.Change(PaymentChangeKind.InFlight, "payment")],
            ["payment.failed"] = payload =>
                [
                    payload.Change(
                        PaymentChangeKind.Failed,
                        "payment",
                        note: payload.Text("payment", "error_description")
                    ),
                ],
            ["invoice.expired"] = payload => [payload.Change(PaymentChangeKind.Failed, "invoice", note: "expired")],
            ["payment_link.expired"] = payload =>
                [payload.Change(PaymentChangeKind.Failed, "payment_link", note: "expired")],
            ["payment_link.cancelled"] = payload =>
                [payload.Change(PaymentChangeKind.Failed, "payment_link", note: "the payment link was cancelled")],
            ["refund.processed"] = payload =>
                [payload.Change(PaymentChangeKind.Refund, "refund", payload.Amount("refund", "amount"))],
            ["refund.failed"] = payload => [payload.Change(PaymentChangeKind.Refund, "refund", payload.Zero("refund"))],
            ["payment.dispute.created"] = Disputed,
            ["payment.dispute.under_review"] = Disputed,
            ["payment.dispute.action_required"] = Disputed,
            ["payment.dispute.lost"] = payload =>
                [
                    payload.Change(
                        PaymentChangeKind.Chargeback,
                        "dispute",
                        payload.Amount("dispute", "amount"),
                        payload.Text("dispute", "reason_code")
                    ),
                ],
            ["payment.dispute.won"] = payload =>
                [payload.Change(PaymentChangeKind.ChargebackReversed, "dispute", payload.Zero("dispute"))],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root, string id)
    {
        var fields = new WebhookPayload(root);
        var paymentEvent = new PaymentEvent(
            id,
            fields.RequiredId("event"),
            fields.UnixTime("created_at"),
            Live: true,
            [],
            Account: fields.TextOrNumber("account_id")
        );
        return fields.OrProblem(
            _mappings.TryGetValue(paymentEvent.Type, out var map)
                ? paymentEvent with
                {
                    Changes = [.. map(new RazorpayPayload(fields))],
                }
                : paymentEvent
        );
    }

    private static PaymentChange[] Disputed(RazorpayPayload payload) =>
        [payload.Change(PaymentChangeKind.Dispute, "dispute", note: payload.Text("dispute", "reason_code"))];
}
