using Dunning.Book;
using Dunning.Http;
using Dunning.Plan;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Watch;

/// <summary><c>GET /api/invoices/{id}</c>, and <c>GET /api/invoices?externalId=&amp;source=</c> for who knows only the source's id.</summary>
public sealed class GetInvoice(BookTable book, Lookup lookup, Rulebook rules, TimeProvider clock)
{
    [Function(nameof(GetInvoice))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices/{id}")] HttpRequest request, string id, CancellationToken cancel) =>
        InvoiceId.TryParse(id, out var invoice) ? await ViewAsync(invoice, cancel) : Answer.NotFound("invoice with this id");

    [Function("FindInvoice")]
    public async Task<IResult> Find([HttpTrigger(AuthorizationLevel.Function, "get", Route = "invoices")] HttpRequest request, CancellationToken cancel)
    {
        var externalId = request.Query["externalId"].ToString();
        var source = request.Query["source"].ToString();
        if (externalId.Length == 0)
            return Answer.Problem(StatusCodes.Status400BadRequest, "query-missing", "Which invoice?", "Name it: /api/invoices?externalId=…&source=… (source is 'api' when left out).");
        return await lookup.FindExternalIdAsync(source.Length == 0 ? "api" : source, externalId, cancel) is { } invoice
            ? await ViewAsync(invoice, cancel)
            : Answer.NotFound("invoice with this externalId and source");
    }

    private async Task<IResult> ViewAsync(InvoiceId id, CancellationToken cancel)
    {
        if (await book.ReadInvoiceAsync(id, cancel) is not { } invoice || await book.ReadAsync(id.Customer, cancel) is not { } rows)
            return Answer.NotFound("invoice with this id");
        var now = clock.GetUtcNow();
        var customer = rows.Customer.Value;
        return Answer.Ok(InvoiceView.Of(invoice.Value, customer, rules.Today(customer, now), now, await book.ReadEventsAsync(id, cancel)));
    }
}
