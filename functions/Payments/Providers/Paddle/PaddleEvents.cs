using System.Collections.Frozen;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Paddle;

/// <summary>
/// Paddle Billing's notifications (developer.paddle.com/webhooks/overview). Amounts are minor units as text. A
/// transaction is reported as paid and again as completed: it is booked once, by its id.
/// </summary>
internal static class PaddleEvents
{
    private static readonly FrozenDictionary<string, Func<WebhookPayload, PaymentChange?>> _mappings = new Dictionary<
        string,
        Func<WebhookPayload, PaymentChange?>
    >
    {
        ["transaction.paid"] = Paid,
        ["transaction.completed"] = Paid,
        ["transaction.billed"] = transaction => OfTransaction(transaction, PaymentChangeKind.InFlight),
        ["transaction.ready"] = transaction => OfTransaction(transaction, PaymentChangeKind.InFlight),
        ["transaction.payment_failed"] = transaction =>
            OfTransaction(transaction, PaymentChangeKind.Failed, note: transaction.Text("data.payments.0.error_code")),
        ["transaction.past_due"] = transaction =>
            OfTransaction(transaction, PaymentChangeKind.Failed, note: "past due"),
        // The payment attempt ended; the amount is still owed.
        ["transaction.canceled"] = transaction =>
            OfTransaction(transaction, PaymentChangeKind.Failed, note: "the transaction was canceled"),
        ["adjustment.created"] = Adjusted,
        ["adjustment.updated"] = Adjusted,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PaymentEvent Map(JsonElement root)
    {
        var fields = new WebhookPayload(root);
        var paymentEvent = new PaymentEvent(
            fields.RequiredId("event_id"),
            fields.RequiredId("event_type"),
            fields.Instant("occurred_at"),
            Live: true,
            []
        );
        var change = _mappings.TryGetValue(paymentEvent.Type, out var map) ? map(fields) : null;
        return fields.OrProblem(change is null ? paymentEvent : paymentEvent with { Changes = [change] });
    }

    private static PaymentChange? Paid(WebhookPayload fields)
    {
        var currency = fields.Find("data.details.totals.currency_code") is null
            ? "data.currency_code"
            : "data.details.totals.currency_code";
        var amount = fields.MinorUnits("data.details.totals.grand_total", currency);
        // The grand total leaves out what the customer's credit has paid
        // (developer.paddle.com/build/customers/get-customer-credit-balances).
        if (fields.TextOrNumber("data.details.totals.credit") is not (null or "0"))
            return OfTransaction(
                fields,
                PaymentChangeKind.PaidInFull,
                Money.Max(amount, fields.MinorUnits("data.details.totals.total", currency))
            );
        return amount.IsZero ? null : OfTransaction(fields, PaymentChangeKind.Payment, amount);
    }

    private static PaymentChange OfTransaction(
        WebhookPayload fields,
        PaymentChangeKind kind,
        Money? amount = null,
        string? note = null
    ) =>
        new(
            kind,
            fields.RequiredId("data.id"),
            References.Normalize([
                .. MetadataReferences.Read(fields, "data.custom_data"),
                fields.Text("data.invoice_number"),
            ]),
            [.. new[] { fields.Id("data.invoice_id") }.OfType<string>()],
            amount,
            References.Note(note)
        );

    /// <summary>
    /// A refund is booked after Paddle's approval. A chargeback and its reversal are two adjustments of one
    /// transaction, so both are booked by the transaction's id.
    /// </summary>
    private static PaymentChange? Adjusted(WebhookPayload fields)
    {
        var (id, transactionId) = (fields.RequiredId("data.id"), fields.RequiredId("data.transaction_id"));
        var amount = fields.MinorUnits("data.totals.total", "data.totals.currency_code");
        var zero = Money.Zero(amount.Currency);
        PaymentChange Change(PaymentChangeKind kind, string objectId, Money? money) =>
            new(
                kind,
                objectId,
                [],
                [.. new[] { id, transactionId }.Where(other => other != objectId)],
                money,
                References.Note(fields.Text("data.reason"))
            );
        return (fields.Required("data.action"), fields.Required("data.status")) switch
        {
            ("refund", "approved") => Change(PaymentChangeKind.Refund, id, amount),
            // It reduces what is owed for a transaction that is billed and not paid.
            ("credit", "approved") => Change(PaymentChangeKind.CreditNote, id, amount),
            ("credit", "reversed") => Change(PaymentChangeKind.CreditNote, id, zero),
            ("refund", "reversed") => Change(PaymentChangeKind.Refund, id, zero),
            ("chargeback", "approved") => Change(PaymentChangeKind.Chargeback, transactionId, amount),
            ("chargeback", "reversed") or ("chargeback_reverse", "approved") => Change(
                PaymentChangeKind.ChargebackReversed,
                transactionId,
                zero
            ),
            ("chargeback_warning", _) => Change(PaymentChangeKind.Dispute, transactionId, null),
            _ => null,
        };
    }
}
