using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.PayPal;

/// <summary>
/// PayPal's own invoices. <c>PAID</c> is also sent for part payments and pending payments; the status distinguishes
/// them.
/// </summary>
internal static class PayPalInvoice
{
    private const string Root = "resource.invoice.";
    private const string Total = Root + "amount";
    private const string FirstPayment = Root + "payments.transactions.0.payment_id";

    public static PaymentChange? Paid(PayPalResource resource)
    {
        var fields = resource.Fields;
        var id = fields.RequiredId(Root + "id");
        var status = fields.Required(Root + "status");
        if (status == "PAYMENT_PENDING")
            return Change(fields, PaymentChangeKind.InFlight, fields.Id(FirstPayment) ?? id);
        var paid = PaidAmount(fields);
        // What is paid may include a gratuity, and leave out what was paid elsewhere.
        return status is "PAID" or "MARKED_AS_PAID" && fields.Find(Total + ".value") is not null
            ? Change(
                fields,
                PaymentChangeKind.PaidInFull,
                id,
                Money.Max(paid, fields.DecimalAmount(Total + ".value", Total + ".currency_code"))
            )
            : Change(fields, PaymentChangeKind.PaymentTotal, id, paid);
    }

    public static PaymentChange Refunded(PayPalResource resource)
    {
        const string amount = Root + "refunds.refund_amount";
        var fields = resource.Fields;
        var id = fields.RequiredId(Root + "id");
        if (fields.Find(amount) is not null)
            return Change(
                fields,
                PaymentChangeKind.RefundTotal,
                id,
                fields.DecimalAmount(amount + ".value", amount + ".currency_code")
            );
        if (fields.Required(Root + "status") != "REFUNDED")
            fields.ReportProblem("the event does not say how much was refunded");
        return Change(fields, PaymentChangeKind.RefundTotal, id, PaidAmount(fields));
    }

    public static PaymentChange Cancelled(PayPalResource resource) =>
        Change(resource.Fields, PaymentChangeKind.Stop, resource.Fields.RequiredId(Root + "id")) with
        {
            Note = "cancelled",
        };

    private static Money PaidAmount(WebhookPayload fields) =>
        fields.DecimalAmount(Root + "payments.paid_amount.value", Root + "payments.paid_amount.currency_code");

    private static PaymentChange Change(
        WebhookPayload fields,
        PaymentChangeKind kind,
        string id,
        Money? amount = null
    ) =>
        new(
            kind,
            id,
            References.Normalize([fields.Text(Root + "detail.invoice_number")]),
            [
                .. new[] { fields.Id(Root + "id"), fields.Id(FirstPayment) }
                    .OfType<string>()
                    .Where(other => other != id)
                    .Distinct(),
            ],
            amount
        );
}
