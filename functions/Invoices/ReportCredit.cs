using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// Records what a person has told a credit agency. The app itself tells none anything. Repeating a request has no
/// further effect.
/// </summary>
public sealed class ReportCredit(RequestedChanges changes)
{
    /// <summary>
    /// <c>POST /api/invoices/{id}/credit-report</c> with <c>{"by": "Maya", "on": "2026-05-04", "note": "…"}</c>.
    /// </summary>
    [Function(nameof(ReportCredit))]
    public Task<IResult> Report(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/credit-report")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.ReportCredit, cancellationToken);

    /// <summary>
    /// <c>DELETE /api/invoices/{id}/credit-report</c> with <c>{"by": "Maya", "reason": "…"}</c>, also of a closed
    /// invoice.
    /// </summary>
    [Function("WithdrawCreditReport")]
    public Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "invoices/{id}/credit-report")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.WithdrawCreditReport, cancellationToken);
}
