using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Evidence.Cases;

/// <summary>
/// <c>GET /api/invoices/{id}/evidence</c>: all that proves the claim of one invoice, as a signed ZIP.
/// </summary>
public sealed class GetEvidence(ReceivablesTable receivables, EvidencePacks packs)
{
    [Function(nameof(GetEvidence))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices/{id}/evidence")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (
            !InvoiceId.TryParse(id, out var invoiceId)
            || await receivables.ReadInvoiceAsync(invoiceId, cancellationToken) is not { Value: var invoice }
            || await receivables.ReadAsync(invoice.Id.Customer, cancellationToken) is not { } account
        )
            return ApiResult.NotFound("invoice with this id");
        return invoice.MovedFrom is not null
            ? EvidenceAnswer.BeingMoved
            : await packs.AnswerAsync(account.Customer.Value, [invoice], invoice.Document.Number, cancellationToken);
    }
}
