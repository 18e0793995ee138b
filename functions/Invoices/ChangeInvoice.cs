using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// <c>POST /api/invoices/{id}/hold</c>, <c>/resume</c>, <c>/dispute</c>, <c>/void</c>, <c>/personal-line</c>,
/// <c>/policy</c> and <c>/hand-over</c>. Repeating a change has no further effect.
/// </summary>
public sealed class ChangeInvoice(RequestedChanges changes)
{
    [Function("HoldInvoice")]
    public Task<IResult> Hold(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/hold")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.Hold, cancellationToken);

    [Function("ResumeInvoice")]
    public Task<IResult> Resume(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/resume")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.Resume, cancellationToken);

    [Function("DisputeInvoice")]
    public Task<IResult> Dispute(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/dispute")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.Dispute, cancellationToken);

    /// <summary>Only what messages say changes: nothing is planned anew.</summary>
    [Function("WritePersonalLine")]
    public Task<IResult> WriteLine(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/personal-line")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.PersonalLine, cancellationToken);

    [Function("VoidInvoice")]
    public Task<IResult> Void(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/void")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.Void, cancellationToken);

    [Function("ChooseInvoicePolicy")]
    public Task<IResult> ChoosePolicy(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/policy")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.Policy, cancellationToken);

    /// <summary>A person hands the claim over for collection; nothing does it by itself.</summary>
    [Function("HandOverInvoice")]
    public Task<IResult> HandOver(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/hand-over")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.HandOver, cancellationToken);
}
