using System.Globalization;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Ledger;

/// <summary>
/// <c>{"allocations": [{"paymentId": "pi_1", "invoice": "c…-i…", "amount": "9.00"}], "by": "Maya", "note": "…"}</c>
/// </summary>
internal sealed record AssignmentRequest(IReadOnlyList<RequestedAllocation> Allocations, string By, string? Note)
{
    public const string InvalidTitle = "The payment cannot be assigned";

    private const int MaxAllocations = 50;

    public static AssignmentRequest Read(JsonFields json) =>
        new(
            json.List("allocations", MaxAllocations, RequestedAllocation.Read),
            json.Required("by", Line(100)),
            json.Optional("note", Prose(500))
        );

    /// <param name="free">What could be assigned.</param>
    public ApiResult AbovePayment(PaymentChange payment, Money free)
    {
        var first = Allocations.ToList().FindIndex(a => a.PaymentId is null || a.PaymentId == payment.ObjectId);
        return ApiResult.Invalid(
            InvalidTitle,
            [
                new(
                    string.Create(CultureInfo.InvariantCulture, $"#/allocations/{Math.Max(first, 0)}/amount"),
                    "above_payment",
                    $"{free} of payment '{payment.ObjectId}' can be assigned: send at most that in all"
                ),
            ]
        );
    }

    /// <param name="payments">Of the delivery.</param>
    /// <param name="find">Null for an invoice that does not exist.</param>
    public async Task<(
        IReadOnlyList<PaymentAllocation> Allocations,
        IReadOnlyList<FieldProblem> Problems
    )> ResolveAsync(IReadOnlyList<PaymentChange> payments, Func<InvoiceId, Task<Versioned<Invoice>?>> find)
    {
        List<PaymentAllocation> allocations = [];
        List<FieldProblem> problems = [];
        if (Allocations.Count == 0)
            problems.Add(new("#/allocations", "required", "send at least one allocation"));
        for (var i = 0; i < Allocations.Count; i++)
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"#/allocations/{i}");
            var requested = Allocations[i];
            var invoice = InvoiceId.TryParse(requested.Invoice, out var id) ? await find(id) : null;
            var (allocation, problem) = requested.Resolve(payments, invoice?.Value);
            if (problem is not null)
                problems.Add(problem with { Pointer = pointer + problem.Pointer });
            else if (allocations.Exists(a => (a.PaymentId, a.Invoice) == (allocation!.PaymentId, allocation.Invoice)))
                problems.Add(
                    new($"{pointer}/invoice", "duplicate", "send one allocation for each payment and invoice")
                );
            else
                allocations.Add(allocation!);
        }
        return (allocations, problems);
    }
}

/// <param name="PaymentId">Null when the delivery has one payment only.</param>
/// <param name="Amount">As written; its currency is the payment's.</param>
internal sealed record RequestedAllocation(string? PaymentId, string Invoice, string Amount)
{
    public static RequestedAllocation Read(JsonFields json) =>
        new(
            json.Optional("paymentId", Opaque(300)),
            json.Required("invoice", Line(40)),
            json.Required("amount", Quantity)
        );

    /// <returns>The problem's pointer is relative to the allocation.</returns>
    public (PaymentAllocation? Allocation, FieldProblem? Problem) Resolve(
        IReadOnlyList<PaymentChange> payments,
        Invoice? invoice
    )
    {
        if (PaymentId is null && payments.Count > 1)
            return Refuse("paymentId", "required", "the delivery has several payments: name one");
        if (payments.FirstOrDefault(p => PaymentId is null || p.ObjectId == PaymentId) is not { } payment)
            return Refuse("paymentId", "unknown_payment", "the delivery has no payment with this id");
        if (invoice is null)
            return Refuse("invoice", "unknown_invoice", "send the id of an invoice: c…-i…");
        var currency = payment.Amount!.Value.Currency;
        var (amount, error) = AmountRules.AmountIn(currency).Check(Amount);
        if (error is not null)
            return Refuse("amount", error.Code, error.Message);
        if (amount.Minor < 0)
            return Refuse("amount", "negative", "send the amount that the invoice is to get: zero or more");
        return invoice.Document.AmountDue.Currency != currency
            ? Refuse(
                "invoice",
                "currency_differs",
                $"the invoice is in {invoice.Document.AmountDue.Currency}, the payment in {currency}: amounts are "
                    + "never converted"
            )
            : (new PaymentAllocation(payment.ObjectId, invoice.Id, amount), null);
    }

    private static (PaymentAllocation?, FieldProblem?) Refuse(string field, string code, string detail) =>
        (null, new FieldProblem($"/{field}", code, detail));
}
