using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Customers;

/// <summary>
/// <c>GET /api/customers/{id}</c>: contacts, notes, balances, payment behaviour and next steps, with an <c>ETag</c> for
/// <c>PUT</c>.
/// </summary>
public sealed class GetCustomer(CustomerReader reader)
{
    [Function(nameof(GetCustomer))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "customers/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    ) => await reader.AnswerAsync(new CustomerId(id), cancellationToken);
}
