using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>
/// One payment is told of by its checkout session, its intent and its charge: all of them book it under the intent's
/// id.
/// </summary>
internal static class StripePayments
{
    public static PaymentChange? SessionCompleted(StripeObject session) =>
        session.Required("payment_status") switch
        {
            "paid" => SessionPaid(session),
            "unpaid" => session.Fact(PaymentChangeKind.InFlight, SessionKey(session), session.Amount("amount_total")),
            _ => null,
        };

    /// <summary>
    /// A subscription's session has an invoice and no intent: booked by its own id, the money would count a second
    /// time.
    /// </summary>
    public static PaymentChange SessionPaid(StripeObject session) =>
        session.Id("payment_intent") is null && session.Id("invoice") is { } invoice
            ? session.Fact(PaymentChangeKind.PaymentTotal, invoice, session.Amount("amount_total"))
            : session.Fact(PaymentChangeKind.Payment, SessionKey(session), session.Amount("amount_total"));

    public static PaymentChange SessionFailed(StripeObject session) =>
        session.Fact(PaymentChangeKind.Failed, SessionKey(session));

    public static PaymentChange IntentSucceeded(StripeObject intent) =>
        intent.Fact(PaymentChangeKind.Payment, intent.RequiredId("id"), intent.Amount("amount_received"));

    public static PaymentChange IntentProcessing(StripeObject intent) =>
        intent.Fact(PaymentChangeKind.InFlight, intent.RequiredId("id"), intent.Amount("amount"));

    public static PaymentChange IntentFailed(StripeObject intent) =>
        intent.Fact(
            PaymentChangeKind.Failed,
            intent.RequiredId("id"),
            note: intent.Text("last_payment_error.message") ?? intent.Text("last_payment_error.code")
        );

    /// <summary>Only a charge without an intent speaks for itself, and only once the money is captured.</summary>
    public static PaymentChange? Charge(StripeObject charge) =>
        charge.Id("payment_intent") is not null || !charge.Flag("captured")
            ? null
            : charge.Fact(
                PaymentChangeKind.Payment,
                charge.RequiredId("id"),
                charge.Amount(charge.Has("amount_captured") ? "amount_captured" : "amount")
            );

    private static string SessionKey(StripeObject session) => session.Id("payment_intent") ?? session.RequiredId("id");
}
