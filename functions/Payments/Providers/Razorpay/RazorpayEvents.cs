using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Razorpay;

/// <summary>
/// Razorpay's webhooks (razorpay.com/docs/webhooks/payloads). One payment is told of by up to four events, all of which
/// hold the payment: it counts by its own id. The event id lies in a header that is not signed, so an event is known by
/// its bytes.
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
            ["payment.authorized"] = payload => [payload.Fact(PaymentChangeKind.InFlight, "payment")],
            ["payment.failed"] = payload =>
                [payload.Fact(PaymentChangeKind.Failed, "payment", note: payload.Text("payment", "error_description"))],
            ["invoice.expired"] = payload => [payload.Fact(PaymentChangeKind.Failed, "invoice", note: "expired")],
            ["payment_link.expired"] = payload =>
                [payload.Fact(PaymentChangeKind.Failed, "payment_link", note: "expired")],
            ["payment_link.cancelled"] = payload =>
                [payload.Fact(PaymentChangeKind.Failed, "payment_link", note: "the payment link was cancelled")],
            ["refund.processed"] = payload =>
                [payload.Fact(PaymentChangeKind.Refund, "refund", payload.Amount("refund", "amount"))],
            ["refund.failed"] = payload =>
                [payload.Fact(PaymentChangeKind.Refund, "refund", payload.Nothing("refund"))],
            ["payment.dispute.created"] = Disputed,
            ["payment.dispute.under_review"] = Disputed,
            ["payment.dispute.action_required"] = Disputed,
            ["payment.dispute.lost"] = payload =>
                [
                    payload.Fact(
                        PaymentChangeKind.Chargeback,
                        "dispute",
                        payload.Amount("dispute", "amount"),
                        payload.Text("dispute", "reason_code")
                    ),
                ],
            ["payment.dispute.won"] = payload =>
                [payload.Fact(PaymentChangeKind.ChargebackReversed, "dispute", payload.Nothing("dispute"))],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root, string id)
    {
        var fields = new WebhookPayload(root);
        var read = new PaymentEvent(
            id,
            fields.RequiredId("event"),
            fields.UnixTime("created_at"),
            Live: true,
            [],
            Account: fields.Loose("account_id")
        );
        return fields.OrProblem(
            _mappings.TryGetValue(read.Type, out var map)
                ? read with
                {
                    Facts = [.. map(new RazorpayPayload(fields))],
                }
                : read
        );
    }

    private static PaymentChange[] Disputed(RazorpayPayload payload) =>
        [payload.Fact(PaymentChangeKind.Dispute, "dispute", note: payload.Text("dispute", "reason_code"))];
}
