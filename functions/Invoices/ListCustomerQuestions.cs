using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// <c>GET /api/manage/customers/questions</c>: invoices that could belong to several known customers. They are on hold
/// until a person merges the customer with which they are stored into one of the others, or resumes them, which says
/// that they belong to a customer of their own.
/// </summary>
public sealed class ListCustomerQuestions(ReceivablesTable receivables)
{
    [Function(nameof(ListCustomerQuestions))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "get", Route = "manage/customers/questions")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        List<object> questions = [];
        foreach (var shard in receivables.Shards.All)
        {
            await foreach (var invoice in receivables.FindOpenInvoicesAsync(shard, cancellationToken))
            {
                if (invoice.Dunning.Hold is { CustomerChoices.Count: > 0 } hold)
                    questions.Add(await DescribeAsync(invoice, hold, cancellationToken));
            }
        }
        return ApiResult.Ok(questions);
    }

    private async Task<object> DescribeAsync(Invoice invoice, Hold hold, CancellationToken cancellationToken)
    {
        var customers = new List<Customer>();
        foreach (var id in hold.CustomerChoices.Prepend(invoice.Id.Customer))
            customers.Add(
                (await receivables.ReadAsync(id, cancellationToken))?.Customer.Value
                    ?? new Customer { Id = id, Name = "" }
            );
        // Two of the choices may have been merged into one.
        var described = customers
            .DistinctBy(customer => customer.Id)
            .Select(customer => new
            {
                customer.Id,
                customer.Name,
                customer.Email,
                customer.TaxId,
                customer.Country,
            })
            .ToList();
        return new
        {
            Invoice = invoice.Id.ToString(),
            invoice.Document.Number,
            hold.Since,
            StoredWith = described[0],
            CouldBelongTo = described[1..],
        };
    }
}
