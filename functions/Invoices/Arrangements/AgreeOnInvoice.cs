using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices.Arrangements;

/// <summary>
/// What is agreed with the customer about one invoice: a payment plan, a promise to pay, a later due date. Repeating a
/// request has no further effect.
/// </summary>
public sealed class AgreeOnInvoice(RequestedChanges changes)
{
    /// <summary><c>POST /api/invoices/{id}/plan</c>; see <see cref="PlanRequest"/>.</summary>
    [Function("AgreePlan")]
    public Task<IResult> AgreePlan(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/plan")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, AgreementRequests.Plan, cancellationToken);

    /// <summary><c>DELETE /api/invoices/{id}/plan</c> with <c>{"by": "Maya", "reason": "…"}</c>.</summary>
    [Function("EndPlan")]
    public Task<IResult> EndPlan(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "invoices/{id}/plan")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, AgreementRequests.EndPlan, cancellationToken);

    /// <summary>
    /// <c>POST /api/invoices/{id}/parts/{number}/reached</c> with <c>{"on": "2026-03-31", "by": "Maya"}</c>: the event
    /// on which a part of the plan falls due has happened.
    /// </summary>
    [Function("RecordMilestone")]
    public Task<IResult> RecordMilestone(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/parts/{number}/reached")]
            HttpRequest request,
        string id,
        int number,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, AgreementRequests.Milestone(number), cancellationToken);

    /// <summary><c>POST /api/invoices/{id}/promise</c>; see <see cref="PromiseRequest"/>.</summary>
    [Function("RecordPromise")]
    public Task<IResult> RecordPromise(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/promise")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, AgreementRequests.Promise, cancellationToken);

    /// <summary><c>DELETE /api/invoices/{id}/promise</c> with <c>{"by": "Maya", "reason": "…"}</c>.</summary>
    [Function("DeletePromise")]
    public Task<IResult> DeletePromise(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "invoices/{id}/promise")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, AgreementRequests.EndPromise, cancellationToken);

    /// <summary>
    /// <c>POST /api/invoices/{id}/extend</c> with <c>{"dueDate": "2026-04-30", "by": "Maya", "reason": "…"}</c>.
    /// </summary>
    [Function("ExtendInvoice")]
    public Task<IResult> ExtendInvoice(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/extend")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, AgreementRequests.Extension, cancellationToken);
}
