using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>Money that goes back: refunds and disputes.</summary>
internal static class StripeReturns
{
    public static PaymentChange RefundTotal(StripeObject charge) =>
        charge.Fact(PaymentChangeKind.RefundTotal, charge.RequiredId("id"), charge.Amount("amount_refunded"));

    /// <summary>A refund that waits for the customer's action has not left yet.</summary>
    public static PaymentChange? Refund(StripeObject refund) =>
        refund.Required("status") switch
        {
            "succeeded" or "pending" => Refunded(refund, refund.Amount("amount")),
            "failed" or "canceled" => RefundFailed(refund),
            _ => null,
        };

    /// <summary>The customer did not get it back: nothing was refunded.</summary>
    public static PaymentChange RefundFailed(StripeObject refund) => Refunded(refund, refund.Nothing());

    /// <summary>No money has moved yet; an enquiry may end here.</summary>
    public static PaymentChange Disputed(StripeObject dispute) =>
        OfDispute(dispute, PaymentChangeKind.Dispute, dispute.Amount("amount"));

    /// <summary>
    /// What became of the money is told by events of its own; a person should know that there is no more to be said.
    /// </summary>
    public static PaymentChange DisputeClosed(StripeObject dispute) =>
        dispute.Fact(
            PaymentChangeKind.Dispute,
            dispute.Id("id") ?? dispute.RequiredId("charge"),
            dispute.Amount("amount"),
            $"closed as {dispute.Required("status").Replace('_', ' ')}"
        );

    public static PaymentChange Withdrawn(StripeObject dispute) =>
        OfDispute(dispute, PaymentChangeKind.Chargeback, dispute.Amount("amount"));

    public static PaymentChange Reinstated(StripeObject dispute) =>
        OfDispute(dispute, PaymentChangeKind.ChargebackReversed, dispute.Nothing());

    private static PaymentChange Refunded(StripeObject refund, Money amount) =>
        refund.Fact(PaymentChangeKind.Refund, refund.RequiredId("id"), amount, refund.Text("failure_reason"));

    private static PaymentChange OfDispute(StripeObject dispute, PaymentChangeKind kind, Money amount) =>
        dispute.Fact(kind, dispute.RequiredId("id"), amount, dispute.Text("reason"));
}
