using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>
/// One payment is reported by its checkout session, its intent and its charge: all are booked by the intent's id, so
/// that it counts once.
/// </summary>
internal static class StripePayments
{
    public static PaymentChange? SessionCompleted(StripeObject session) =>
        session.Required("payment_status") switch
        {
            "paid" => SessionPaid(session),
            "unpaid" => session.Change(PaymentChangeKind.InFlight, SessionKey(session), session.Amount("amount_total")),
            _ => null,
        };

    /// <summary>
    /// The session of a subscription has an invoice and no intent. It is booked as the invoice's total: by the
    /// session's id the payment would count twice.
    /// </summary>
    public static PaymentChange SessionPaid(StripeObject session) =>
        session.Id("payment_intent") is null && session.Id("invoice") is { } invoice
            ? session.Change(PaymentChangeKind.PaymentTotal, invoice, session.Amount("amount_total"))
            : session.Change(PaymentChangeKind.Payment, SessionKey(session), session.Amount("amount_total"));

    public static PaymentChange SessionFailed(StripeObject session) =>
        session.Change(PaymentChangeKind.Failed, SessionKey(session));

    public static PaymentChange IntentSucceeded(StripeObject intent) =>
        intent.Change(PaymentChangeKind.Payment, intent.RequiredId("id"), intent.Amount("amount_received"));

    public static PaymentChange IntentProcessing(StripeObject intent) =>
        intent.Change(PaymentChangeKind.InFlight, intent.RequiredId("id"), intent.Amount("amount"));

    public static PaymentChange IntentFailed(StripeObject intent) =>
        intent.Change(
            PaymentChangeKind.Failed,
            intent.RequiredId("id"),
            note: intent.Text("last_payment_error.message") ?? intent.Text("last_payment_error.code")
        );

    /// <summary>
    /// Null for a charge with an intent, whose events report the payment, and for a charge that is not captured yet.
    /// </summary>
    public static PaymentChange? Charge(StripeObject charge) =>
        charge.Id("payment_intent") is not null || !charge.Flag("captured")
            ? null
            : charge.Change(
                PaymentChangeKind.Payment,
                charge.RequiredId("id"),
                charge.Amount(charge.Has("amount_captured") ? "amount_captured" : "amount")
            );

    private static string SessionKey(StripeObject session) => session.Id("payment_intent") ?? session.RequiredId("id");
}
