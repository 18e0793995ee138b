using Dunning.Http;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Customers;

/// <summary>
/// <c>PUT /api/customers/{id}</c>: see <see cref="CustomerRequest"/>. With <c>If-Match</c> it is refused when somebody
/// else changed the customer meanwhile. Idempotent.
/// </summary>
public sealed class ChangeCustomer(CustomerChanges changes, CustomerReader reader)
{
    [Function(nameof(ChangeCustomer))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "customers/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        if (!new CustomerId(id).IsValid)
            return ApiResult.NotFound("customer with this id");
        var (body, error) = await JsonBody.ReadAsync(
            request,
            CustomerRequest.InvalidTitle,
            CustomerRequest.Read,
            cancellationToken
        );
        if (body is null)
            return error!;
        var version = request.Headers.IfMatch.ToString() is { Length: > 0 } sent and not "*" ? sent : null;
        return await changes.ApplyAsync(new CustomerId(id), body, version, cancellationToken)
            ?? await reader.AnswerAsync(new CustomerId(id), cancellationToken);
    }
}
