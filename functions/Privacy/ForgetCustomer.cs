using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Privacy;

/// <summary>
/// <c>DELETE /api/customers/{id}</c>: erases a customer's personal data (GDPR art. 17). Amounts, dates and invoice
/// numbers stay for bookkeeping. It cannot be undone. While invoices are open it is rejected, unless
/// <c>?force=true</c>: then they stay open and no reminders are sent. Idempotent.
/// </summary>
public sealed class ForgetCustomer(ReceivablesTable receivables, CustomerErasure erasure)
{
    /// <summary>As many transactions as fit into one request; <see cref="ApplyRetention"/> does the others.</summary>
    private const int BatchSize = 200;
    private const int MaxListed = 50;

    [Function(nameof(ForgetCustomer))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "customers/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if ((await RequestBody.ReadJsonAsync(request, cancellationToken)).Error is { } error)
            return error;
        var force = request.Query["force"] == "true";
        if (
            // The customer may have been merged into another one, which has another id.
            await receivables.ReadAsync(new CustomerId(id), cancellationToken) is not { Id: var customerId }
            || await erasure.BeginAsync(customerId, force, cancellationToken) is not { } blocker
            || await receivables.ReadAsync(customerId, cancellationToken) is not { } account
        )
            return ApiResult.NotFound("customer with this id");
        if (blocker is not ErasureBlocker.None)
            return Conflict(blocker, account);
        var isDone = await erasure.ContinueAsync(customerId, BatchSize, cancellationToken);
        return ApiResult.Ok(
            new
            {
                Id = customerId,
                account.Customer.Value.ErasedAt,
                Done = isDone,
                OpenInvoices = account.Invoices.Count,
            }
        ) with
        {
            Status = isDone ? StatusCodes.Status200OK : StatusCodes.Status202Accepted,
        };
    }

    private static ApiResult Conflict(ErasureBlocker blocker, CustomerAccount account) =>
        blocker is ErasureBlocker.MergeInProgress
            ? ApiResult
                .Problem(
                    StatusCodes.Status409Conflict,
                    "merge-in-progress",
                    "The customer is being merged with another one",
                    "Retry in a few minutes."
                )
                .With("Retry-After", "60")
        : blocker is ErasureBlocker.MessageInFlight
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
            "A claim may be kept until it is settled. Settle or void the invoices first, or add ?force=true: "
                + "the invoices stay open, and no reminders are sent.",
            [
                .. account
                    .Invoices.Take(MaxListed)
                    .Select(i => new FieldProblem(
                        $"/api/invoices/{i.Value.Id}",
                        "open",
                        $"{i.Value.Document.Number}: {i.Value.OpenAmount} owed, "
                            + $"due {i.Value.Document.DueDate:yyyy-MM-dd}"
                    )),
            ]
        );
}
