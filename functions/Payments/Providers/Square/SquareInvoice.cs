using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Square;

/// <summary>Square's own invoices.</summary>
internal static class SquareInvoice
{
    private const string Root = "data.object.invoice.";

    /// <summary>Square allows twelve instalments and a deposit; the limit leaves a margin.</summary>
    private const int MaxRequests = 100;

    /// <summary>What is completed may include a tip; the status says that nothing is owed.</summary>
    public static PaymentChange? Paid(WebhookPayload fields)
    {
        var completed = Completed(fields);
        if (fields.TextOrNumber(Root + "status") != "PAID")
            return Change(fields, PaymentChangeKind.PaymentTotal, completed);
        var requested = Sum(fields, "computed_amount_money");
        return Change(
            fields,
            PaymentChangeKind.PaidInFull,
            requested.Currency == completed.Currency ? Money.Max(completed, requested) : completed
        );
    }

    /// <summary>
    /// The event does not contain the refunded amount; only for a completely refunded invoice is it the paid amount.
    /// </summary>
    public static PaymentChange? Refunded(WebhookPayload fields)
    {
        if (fields.Required(Root + "status") != "REFUNDED")
            fields.ReportProblem("the event does not say how much was refunded");
        var refunded = Completed(fields);
        if (refunded.IsZero)
            fields.ReportProblem("nothing was paid that could be refunded");
        return Change(fields, PaymentChangeKind.RefundTotal, refunded);
    }

    /// <summary>The event of a deleted invoice contains only the id, outside of the invoice object.</summary>
    public static PaymentChange Change(WebhookPayload fields, PaymentChangeKind kind, Money? amount = null) =>
        new(
            kind,
            fields.Id(Root + "id") ?? fields.RequiredId("data.id"),
            References.Normalize([fields.Text(Root + "invoice_number")]),
            [.. new[] { fields.Id(Root + "order_id") }.OfType<string>()],
            amount
        );

    /// <summary>
    /// The total paid on the payment requests; a request without a payment may have no amount.
    /// </summary>
    private static Money Completed(WebhookPayload fields) => Sum(fields, "total_completed_amount_money");

    private static Money Sum(WebhookPayload fields, string amount)
    {
        var requests = fields.Items(Root + "payment_requests").Count();
        if (requests is 0 or > MaxRequests)
            fields.ReportProblem($"payment_requests has {requests} entries: 1 to {MaxRequests} are supported");
        var paid = Enumerable
            .Range(0, Math.Min(requests, MaxRequests))
            .Select(i => $"{Root}payment_requests.{i}.{amount}")
            .Where(at => fields.Find(at + ".amount") is not null)
            .Select(at => fields.MinorUnits(at + ".amount", at + ".currency"))
            .ToList();
        if (paid.Select(money => money.Currency).Distinct().Count() > 1)
            fields.ReportProblem("payment_requests are in several currencies");
        return fields.Problem is not null || paid.Count == 0
            ? Money.Zero("XXX")
            : paid.Aggregate((sum, money) => sum + money);
    }
}
