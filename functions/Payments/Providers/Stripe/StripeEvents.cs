using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>
/// Stripe's snapshot events (docs.stripe.com/api/events/types) of every API version since 2020.
/// <c>invoice.payment_succeeded</c> is omitted on purpose: it reports the same payment as <c>invoice.paid</c>. Events
/// of other types have no changes.
/// </summary>
internal static class StripeEvents
{
    private static readonly FrozenDictionary<string, Func<StripeObject, PaymentChange?>> _mappings = new Dictionary<
        string,
        Func<StripeObject, PaymentChange?>
    >
    {
        ["invoice.paid"] = StripeInvoices.Total,
        ["invoice.overpaid"] = StripeInvoices.Overpaid,
        ["credit_note.created"] = StripeInvoices.CreditNote,
        ["credit_note.updated"] = StripeInvoices.CreditNote,
        ["credit_note.voided"] = StripeInvoices.CreditNote,
        ["invoice.updated"] = StripeInvoices.TotalIfAny,
        ["invoice_payment.paid"] = StripeInvoices.PartPayment,
        ["invoice.payment_failed"] = invoice => StripeInvoices.Failed(invoice, null),
        ["invoice.payment_action_required"] = invoice => StripeInvoices.Failed(invoice, "payment action required"),
        ["invoice.voided"] = invoice => StripeInvoices.Stopped(invoice, "voided"),
        ["invoice.marked_uncollectible"] = invoice => StripeInvoices.Stopped(invoice, "marked uncollectible"),
        ["invoice.deleted"] = invoice => StripeInvoices.Stopped(invoice, "deleted"),
        ["checkout.session.completed"] = StripePayments.SessionCompleted,
        ["checkout.session.async_payment_succeeded"] = StripePayments.SessionPaid,
        ["checkout.session.async_payment_failed"] = StripePayments.SessionFailed,
        ["payment_intent.succeeded"] = StripePayments.IntentSucceeded,
        ["payment_intent.processing"] = StripePayments.IntentProcessing,
        ["payment_intent.payment_failed"] = StripePayments.IntentFailed,
        ["charge.succeeded"] = StripePayments.Charge,
        ["charge.captured"] = StripePayments.Charge,
        ["charge.refunded"] = StripeReturns.RefundTotal,
        ["refund.created"] = StripeReturns.Refund,
        ["refund.updated"] = StripeReturns.Refund,
        ["charge.refund.updated"] = StripeReturns.Refund,
        ["refund.failed"] = StripeReturns.RefundFailed,
        ["charge.dispute.created"] = StripeReturns.Disputed,
        ["charge.dispute.closed"] = StripeReturns.DisputeClosed,
        ["charge.dispute.funds_withdrawn"] = StripeReturns.Withdrawn,
        ["charge.dispute.funds_reinstated"] = StripeReturns.Reinstated,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root)
    {
        var fields = new WebhookPayload(root);
        var id = fields.RequiredId("id");
        var type = fields.RequiredId("type");
        // API v2 sends thin events: the time is a text, and there is no object to apply.
        var isThin = fields.Text("object") == "v2.core.event";
        var occurredAt = isThin ? fields.Instant("created") : fields.UnixTime("created");
        var live = fields.Flag("livemode");
        var change = isThin || !_mappings.TryGetValue(type, out var map) ? null : map(new StripeObject(fields));
        IReadOnlyList<PaymentChange> changes = change is null || fields.Problem is not null ? [] : [change];
        // The account is present when one endpoint receives events of several accounts (Connect).
        return new(id, type, occurredAt, live, changes, fields.Problem, Account: fields.TextOrNumber("account"));
    }
}
