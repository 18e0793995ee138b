using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// <c>POST /api/invoices/{id}/hand-over</c> with <c>{"to": "Northern Collections", "by": "Maya", "note": "…"}</c>: a
/// person hands the claim over for collection. Nothing does it by itself. Repeating it has no further effect.
/// </summary>
public sealed class HandOverInvoice(RequestedChanges changes)
{
    [Function(nameof(HandOverInvoice))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "invoices/{id}/hand-over")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => changes.RunAsync(request, id, InvoiceRequests.HandOver, cancellationToken);
}
