using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>Refunds and disputes.</summary>
internal static class StripeReturns
{
    public static PaymentChange RefundTotal(StripeObject charge) =>
        charge.Change(PaymentChangeKind.RefundTotal, charge.RequiredId("id"), charge.Amount("amount_refunded"));

    /// <summary>Null for a refund that waits for an action of the customer: nothing is refunded yet.</summary>
    public static PaymentChange? Refund(StripeObject refund) =>
        refund.Required("status") switch
        {
            "succeeded" or "pending" => Refunded(refund, refund.Amount("amount")),
            "failed" or "canceled" => RefundFailed(refund),
            _ => null,
        };

    /// <summary>The customer did not receive the money: the refund becomes zero.</summary>
    public static PaymentChange RefundFailed(StripeObject refund) => Refunded(refund, refund.Zero());

    /// <summary>No money has moved yet; an inquiry may end without a chargeback.</summary>
    public static PaymentChange Disputed(StripeObject dispute) =>
        OfDispute(dispute, PaymentChangeKind.Dispute, dispute.Amount("amount"));

    /// <summary>
    /// The money is reported by other events. This one informs a person that the dispute is closed.
    /// </summary>
    public static PaymentChange DisputeClosed(StripeObject dispute) =>
        dispute.Change(
            PaymentChangeKind.Dispute,
            dispute.Id("id") ?? dispute.RequiredId("charge"),
            dispute.Amount("amount"),
            $"closed as {dispute.Required("status").Replace('_', ' ')}"
        );

    public static PaymentChange Withdrawn(StripeObject dispute) =>
        OfDispute(dispute, PaymentChangeKind.Chargeback, dispute.Amount("amount"));

    public static PaymentChange Reinstated(StripeObject dispute) =>
        OfDispute(dispute, PaymentChangeKind.ChargebackReversed, dispute.Zero());

    private static PaymentChange Refunded(StripeObject refund, Money amount) =>
        refund.Change(PaymentChangeKind.Refund, refund.RequiredId("id"), amount, refund.Text("failure_reason"));

    private static PaymentChange OfDispute(StripeObject dispute, PaymentChangeKind kind, Money amount) =>
        dispute.Change(kind, dispute.RequiredId("id"), amount, dispute.Text("reason"));
}
