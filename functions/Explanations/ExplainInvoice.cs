using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Explanations;

/// <summary>
/// <c>GET /api/invoices/{id}/why?on=2026-11-22</c>: what was sent about the invoice on that day, or why nothing was.
/// </summary>
public sealed class ExplainInvoice(DayDecisionReader why)
{
    private const string InvalidTitle = "The day is not valid";

    [Function(nameof(ExplainInvoice))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices/{id}/why")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (on, error) = QueryDay.Read(request.Query, "on", InvalidTitle);
        if (error is not null)
            return error;
        if (
            !InvoiceId.TryParse(id, out var invoice)
            || await why.ReadHistoryAsync(invoice, cancellationToken) is not { } history
        )
            return ApiResult.NotFound("invoice with this id");
        return on > history.Today
            ? ApiResult.Invalid(InvalidTitle, [InTheFuture(on.Value, history.Today)])
            : ApiResult.Ok(DayDecisionView.Create(DayDecision.Decide(history, on ?? history.Today)));
    }

    private static FieldProblem InTheFuture(DateOnly on, DateOnly today) =>
        new(
            "#/on",
            "in_the_future",
            $"on: {on:yyyy-MM-dd} is after today, {today:yyyy-MM-dd}: send a day that has come; for what comes, see "
                + "nextStep of GET /api/invoices/{id}"
        );
}
