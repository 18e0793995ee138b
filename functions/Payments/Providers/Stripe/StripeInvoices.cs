using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>Stripe's own invoices: what has been paid on them in all, and when to stop.</summary>
internal static class StripeInvoices
{
    public static PaymentChange Total(StripeObject invoice) =>
        invoice.Fact(PaymentChangeKind.PaymentTotal, invoice.RequiredId("id"), Settled(invoice));

    /// <summary>An invoice is updated for many reasons; most have nothing to do with money.</summary>
    public static PaymentChange? TotalIfAny(StripeObject invoice) =>
        Settled(invoice).IsPositive ? Total(invoice) : null;

    /// <summary>
    /// One payment of several; an amount paid outside Stripe has a payment record instead of an intent.
    /// </summary>
    public static PaymentChange PartPayment(StripeObject payment) =>
        payment.Fact(
            PaymentChangeKind.Payment,
            payment.Id("payment.payment_intent")
                ?? payment.Id("payment.charge")
                ?? payment.Id("payment.payment_record")
                ?? payment.RequiredId("id"),
            payment.Amount("amount_paid")
        );

    public static PaymentChange Failed(StripeObject invoice, string? note) =>
        invoice.Fact(PaymentChangeKind.Failed, invoice.Id("payment_intent") ?? invoice.RequiredId("id"), note: note);

    public static PaymentChange Stopped(StripeObject invoice, string note) =>
        invoice.Fact(PaymentChangeKind.Stop, invoice.RequiredId("id"), note: note);

    /// <summary>
    /// Before 2025-03-31.basil <c>amount_paid</c> leaves out what was marked as paid outside Stripe; the status does
    /// not.
    /// </summary>
    private static Money Settled(StripeObject invoice)
    {
        var paid = invoice.Amount("amount_paid");
        return invoice.Required("status") == "paid" ? Money.Max(paid, invoice.Amount("amount_due")) : paid;
    }
}
