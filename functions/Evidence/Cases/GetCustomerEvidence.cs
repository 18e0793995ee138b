using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Evidence.Cases;

/// <summary>
/// <c>GET /api/customers/{id}/evidence</c>: the same for all invoices of a customer, open and closed. Without those of
/// which it is uncertain whose they are, and those that are being moved.
/// </summary>
public sealed class GetCustomerEvidence(ReceivablesTable receivables, EvidencePacks packs)
{
    [Function(nameof(GetCustomerEvidence))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "customers/{id}/evidence")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (await receivables.ReadAsync(new CustomerId(id), cancellationToken) is not { } account)
            return ApiResult.NotFound("customer with this id");
        var history = await receivables.ReadHistoryAsync(account.Id, account.Invoices, cancellationToken);
        return await packs.AnswerAsync(
            account.Customer.Value,
            [
                .. history
                    .WithoutUncertain()
                    .Invoices.Where(invoice => invoice.MovedFrom is null)
                    .OrderBy(invoice => invoice.Document.IssueDate)
                    .ThenBy(invoice => invoice.Document.Number, StringComparer.Ordinal),
            ],
            subject: null,
            cancellationToken
        );
    }
}
