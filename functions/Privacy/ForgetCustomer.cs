using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Privacy;

/// <summary>
/// <c>DELETE /api/customers/{id}</c>: erases a customer's personal data (GDPR art. 17); amounts, dates and numbers stay
/// for bookkeeping. It cannot be undone. While invoices are open it is refused, unless <c>?force=true</c>: then they
/// stay open and nobody is asked for them. Asking twice is harmless.
/// </summary>
public sealed class ForgetCustomer(ReceivablesTable receivables, CustomerErasure erasure)
{
    /// <summary>What fits a request; the timer goes on with the rest.</summary>
    private const int BatchSize = 200;
    private const int MaxNamed = 50;

    [Function(nameof(ForgetCustomer))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "customers/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (
            await erasure.BeginAsync(id, force: request.Query["force"] == "true", cancellationToken) is not { } obstacle
        )
            return ApiResult.NotFound("customer with this id");
        if (await receivables.ReadAsync(id, cancellationToken) is not { } account)
            return ApiResult.NotFound("customer with this id");
        if (obstacle is not ErasureBlocker.None)
            return Refuse(obstacle, account);
        var isDone = await erasure.ContinueAsync(id, BatchSize, cancellationToken);
        return ApiResult.Ok(
            new
            {
                Id = id,
                account.Customer.Value.ErasedAt,
                Done = isDone,
                OpenInvoices = account.Invoices.Count,
            }
        ) with
        {
            Status = isDone ? StatusCodes.Status200OK : StatusCodes.Status202Accepted,
        };
    }

    private static ApiResult Refuse(ErasureBlocker obstacle, CustomerAccount account) =>
        obstacle is ErasureBlocker.MessageLeaving
            ? ApiResult
                .Problem(
                    StatusCodes.Status409Conflict,
                    "message-leaving",
                    "A message to the customer is being sent",
                    "Retry in a few seconds."
                )
                .With("Retry-After", "10")
            : ApiResult.Problem(
                StatusCodes.Status409Conflict,
                "invoices-open",
                "The customer has open invoices",
                "A claim may be kept until it is settled. Settle or void the invoices first; or ask with "
                    + "?force=true: they stay open, and nobody is reminded of them.",
                [
                    .. account
                        .Invoices.Take(MaxNamed)
                        .Select(i => new FieldProblem(
                            $"/api/invoices/{i.Value.Id}",
                            "open",
                            $"{i.Value.Number}: {i.Value.OpenAmount} owed, due {i.Value.DueDate:yyyy-MM-dd}"
                        )),
                ]
            );
}
