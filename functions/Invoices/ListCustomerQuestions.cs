using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Invoices;

/// <summary>
/// <c>GET /api/manage/customers/questions</c>: invoices that could belong to several known customers. They are on hold
/// until a person resumes them, which says that they belong to a customer of their own, or voids them and sends them
/// again with <c>customer.externalId</c>.
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
                if (invoice.Hold is { CustomerChoices.Count: > 0 } hold)
                    questions.Add(await DescribeAsync(invoice, hold, cancellationToken));
            }
        }
        return ApiResult.Ok(questions);
    }

    private async Task<object> DescribeAsync(Invoice invoice, Hold hold, CancellationToken cancellationToken)
    {
        var customers = new List<object>();
        foreach (var id in hold.CustomerChoices.Prepend(invoice.Id.Customer))
        {
            var customer = (await receivables.ReadAsync(id, cancellationToken))?.Customer.Value;
            customers.Add(
                new
                {
                    Id = id,
                    customer?.Name,
                    customer?.Email,
                    customer?.TaxId,
                    customer?.Country,
                }
            );
        }
        return new
        {
            Invoice = invoice.Id.ToString(),
            invoice.Number,
            hold.Since,
            StoredWith = customers[0],
            CouldBelongTo = customers[1..],
        };
    }
}
