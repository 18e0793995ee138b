using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Evidence.Cases;

/// <summary>
/// <c>GET /api/invoices/{id}/events/verify</c>: whether the events of an invoice are those that were written, by their
/// chain. Needs no key.
/// </summary>
public sealed class VerifyEvents(ReceivablesTable receivables)
{
    [Function(nameof(VerifyEvents))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices/{id}/events/verify")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (
            !InvoiceId.TryParse(id, out var invoiceId)
            || await receivables.ReadInvoiceAsync(invoiceId, cancellationToken) is not { Value: var invoice }
        )
            return ApiResult.NotFound("invoice with this id");
        if (invoice.MovedFrom is not null)
            return EvidenceAnswer.BeingMoved;
        var chain = await StoredChain.ReadAsync(receivables, invoice.Id, cancellationToken);
        return ApiResult.Ok(ChainView.Create(invoice.Id, chain));
    }
}
