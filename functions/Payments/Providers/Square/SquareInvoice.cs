using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Square;

/// <summary>Square's own invoices.</summary>
internal static class SquareInvoice
{
    private const string Root = "data.object.invoice.";

    /// <summary>Square allows twelve instalments and a deposit.</summary>
    private const int MaxRequests = 100;

    /// <summary>What is completed may include a tip; the status says that nothing is owed.</summary>
    public static PaymentChange? Paid(WebhookPayload fields)
    {
        var completed = Completed(fields);
        if (fields.Loose(Root + "status") != "PAID")
            return Fact(fields, PaymentChangeKind.PaymentTotal, completed);
        var requested = Sum(fields, "computed_amount_money");
        return Fact(
            fields,
            PaymentChangeKind.PaidInFull,
            requested.Currency == completed.Currency ? Money.Max(completed, requested) : completed
        );
    }

    /// <summary>How much of it was refunded stands in the events about refunds only.</summary>
    public static PaymentChange? Refunded(WebhookPayload fields)
    {
        if (fields.Required(Root + "status") != "REFUNDED")
            fields.Refuse("the event does not say how much was refunded");
        var refunded = Completed(fields);
        if (refunded.IsZero)
            fields.Refuse("nothing was paid that could be refunded");
        return Fact(fields, PaymentChangeKind.RefundTotal, refunded);
    }

    /// <summary>A deleted invoice is an id and nothing else.</summary>
    public static PaymentChange Fact(WebhookPayload fields, PaymentChangeKind kind, Money? amount = null) =>
        new(
            kind,
            fields.Id(Root + "id") ?? fields.RequiredId("data.id"),
            References.Normalize([fields.Text(Root + "invoice_number")]),
            [.. new[] { fields.Id(Root + "order_id") }.OfType<string>()],
            amount
        );

    /// <summary>
    /// What has been paid in all on its payment requests; those that nothing was paid on may have no amount.
    /// </summary>
    private static Money Completed(WebhookPayload fields) => Sum(fields, "total_completed_amount_money");

    private static Money Sum(WebhookPayload fields, string amount)
    {
        var requests = fields.Items(Root + "payment_requests").Count();
        if (requests is 0 or > MaxRequests)
            fields.Refuse("payment_requests cannot be added up");
        var paid = Enumerable
            .Range(0, Math.Min(requests, MaxRequests))
            .Select(i => $"{Root}payment_requests.{i}.{amount}")
            .Where(at => fields.Find(at + ".amount") is not null)
            .Select(at => fields.Minor(at + ".amount", at + ".currency"))
            .ToList();
        if (paid.Select(money => money.Currency).Distinct().Count() > 1)
            fields.Refuse("payment_requests are in several currencies");
        return fields.Problem is not null || paid.Count == 0
            ? Money.Zero("XXX")
            : paid.Aggregate((sum, money) => sum + money);
    }
}
