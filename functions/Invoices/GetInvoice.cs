using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// <c>GET /api/invoices/{id}</c>, and <c>GET /api/invoices?externalId=&amp;source=</c> by the id in the source.
/// </summary>
public sealed class GetInvoice(ReceivablesTable receivables, Lookup lookup, DunningRules rules, TimeProvider clock)
{
    [Function(nameof(GetInvoice))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) =>
        InvoiceId.TryParse(id, out var invoice)
            ? await ViewAsync(invoice, cancellationToken)
            : ApiResult.NotFound("invoice with this id");

    [Function("FindInvoice")]
    public async Task<IResult> Find(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var externalId = request.Query["externalId"].ToString();
        var source = request.Query["source"].ToString();
        if (externalId.Length == 0)
            return ApiResult.Problem(
                StatusCodes.Status400BadRequest,
                "query-missing",
                "The query parameter externalId is missing",
                "Send /api/invoices?externalId=…&source=…; source is 'api' if omitted."
            );
        return
            await lookup.FindExternalIdAsync(source.Length == 0 ? "api" : source, externalId, cancellationToken)
                is { } invoice
            ? await ViewAsync(invoice, cancellationToken)
            : ApiResult.NotFound("invoice with this externalId and source");
    }

    private async Task<IResult> ViewAsync(InvoiceId id, CancellationToken cancellationToken)
    {
        if (
            await receivables.ReadInvoiceAsync(id, cancellationToken) is not { } invoice
            || await receivables.ReadAsync(invoice.Value.Id.Customer, cancellationToken) is not { } account
        )
            return ApiResult.NotFound("invoice with this id");
        var now = clock.GetUtcNow();
        var customer = account.Customer.Value;
        return ApiResult.Ok(
            InvoiceView.Create(
                invoice.Value,
                customer,
                rules.Today(customer, now),
                now,
                await receivables.ReadEventsAsync(invoice.Value.Id, cancellationToken)
            )
        );
    }
}
