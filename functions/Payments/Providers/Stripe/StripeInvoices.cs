using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>Stripe's own invoices: the total paid, failed payments, and the end of the claim.</summary>
internal static class StripeInvoices
{
    /// <summary>
    /// The status says that nothing is owed, and the cash does not: an invoice may also be paid from the customer's
    /// credit balance, by credit notes or outside Stripe, and its cash may cover a balance that was carried over
    /// (docs.stripe.com/api/invoices/object, <c>starting_balance</c>, <c>pre_payment_credit_notes_amount</c>).
    /// </summary>
    public static PaymentChange Total(StripeObject invoice)
    {
        var id = invoice.RequiredId("id");
        var paid = invoice.Amount("amount_paid");
        if (invoice.Required("status") != "paid")
            return invoice.Change(PaymentChangeKind.PaymentTotal, id, paid);
        var most = Money.Max(invoice.Amount("amount_due"), invoice.AmountOrZero("total"));
        return invoice.Change(PaymentChangeKind.PaidInFull, id, Money.Max(paid, most));
    }

    /// <summary>More cash than the invoice asks for: here the cash counts.</summary>
    public static PaymentChange Overpaid(StripeObject invoice) =>
        invoice.Change(PaymentChangeKind.PaymentTotal, invoice.RequiredId("id"), invoice.Amount("amount_paid"));

    /// <summary>Null when nothing is paid: an invoice is updated for many reasons, most of them not payments.</summary>
    public static PaymentChange? TotalIfAny(StripeObject invoice) =>
        Total(invoice) is { Amount.IsPositive: true } total ? total : null;

    /// <summary>
    /// Before the payment it reduces what is owed; after it, it does so only by what was refunded, since the refund
    /// comes as an event of its own. What goes to the customer's balance or is settled outside Stripe changes nothing
    /// here (docs.stripe.com/api/credit_notes/object). Older API versions have no split: there the whole counts unless
    /// the note was made after the payment.
    /// </summary>
    public static PaymentChange CreditNote(StripeObject note)
    {
        var id = note.RequiredId("id");
        if (note.Required("status") == "void")
            return note.Change(PaymentChangeKind.CreditNote, id, note.Zero());
        var (before, after) =
            note.Has("pre_payment_amount") ? (note.Amount("pre_payment_amount"), note.Amount("post_payment_amount"))
            : note.Text("type") == "post_payment" ? (note.Zero(), note.Amount("amount"))
            : (note.Amount("amount"), note.Zero());
        var isRefunded = note.Has("refund") || note.Has("refunds.0");
        var refunded =
            isRefunded && !note.Has("customer_balance_transaction")
                ? after - Money.Min(after, note.AmountOrZero("out_of_band_amount"))
                : note.Zero();
        return note.Change(PaymentChangeKind.CreditNote, id, before + refunded);
    }

    /// <summary>
    /// One of several payments; an amount paid outside Stripe has a payment record instead of an intent.
    /// </summary>
    public static PaymentChange PartPayment(StripeObject payment) =>
        payment.Change(
            PaymentChangeKind.Payment,
            payment.Id("payment.payment_intent")
                ?? payment.Id("payment.charge")
                ?? payment.Id("payment.payment_record")
                ?? payment.RequiredId("id"),
            payment.Amount("amount_paid")
        );

    public static PaymentChange Failed(StripeObject invoice, string? note) =>
        invoice.Change(PaymentChangeKind.Failed, invoice.Id("payment_intent") ?? invoice.RequiredId("id"), note: note);

    public static PaymentChange Stopped(StripeObject invoice, string note) =>
        invoice.Change(PaymentChangeKind.Stop, invoice.RequiredId("id"), note: note);
}
