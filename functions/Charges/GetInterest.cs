using Dunning.Configuration;
using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Notices.Localization;
using Dunning.Policies;
using Dunning.Policies.Interest;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Charges;

/// <summary>
/// <c>GET /api/invoices/{id}/interest?on=2026-11-22</c>: what the law allows to be charged on an invoice up to a day,
/// how the interest is computed, and what was charged. Changes nothing.
/// </summary>
public sealed class GetInterest(
    ReceivablesTable receivables,
    DunningRules rules,
    CreditorOptions creditor,
    TimeProvider clock
)
{
    private const string InvalidTitle = "The day is not valid";

    /// <summary>A later day is a typing error: no rate is known so far ahead.</summary>
    private const int MaxYearsAhead = 2;

    [Function(nameof(GetInterest))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices/{id}/interest")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (on, error) = QueryDay.Read(request.Query, "on", InvalidTitle);
        if (error is not null)
            return error;
        if (
            !InvoiceId.TryParse(id, out var invoiceId)
            || await receivables.ReadInvoiceAsync(invoiceId, cancellationToken) is not { Value: var invoice }
            || await receivables.ReadAsync(invoice.Id.Customer, cancellationToken)
                is not { Customer.Value: var customer }
        )
            return ApiResult.NotFound("invoice with this id");
        var context = new DunningContext(customer, rules, clock.GetUtcNow());
        if (on > context.Today.AddYears(MaxYearsAhead))
            return ApiResult.Invalid(InvalidTitle, [TooLate(on.Value, context.Today)]);
        var ledger = await receivables.ReadEntriesAsync(invoice.Id, cancellationToken);
        return ApiResult.Ok(
            InterestView.Create(
                invoice,
                LateCharges.Of(context, invoice, ledger, on ?? context.Today),
                ledger,
                Language.For(customer.Locale ?? creditor.Language)
            )
        );
    }

    private static FieldProblem TooLate(DateOnly on, DateOnly today) =>
        new(
            "#/on",
            "too_late",
            $"on: {on:yyyy-MM-dd} is more than {MaxYearsAhead} years after today, {today:yyyy-MM-dd}: send an "
                + "earlier day"
        );
}
