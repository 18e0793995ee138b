using Dunning.Http;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.PortalLinks;

/// <summary>
/// <c>DELETE /api/customers/{id}/portal-links</c> with <c>{"by": "Maya"}</c>: no link that was made until now opens the
/// customer's pages any more.
/// </summary>
public sealed class DeletePortalLinks(CustomerTransactions transactions)
{
    private const string InvalidTitle = "The links cannot be revoked";

    [Function(nameof(DeletePortalLinks))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "delete", Route = "customers/{id}/portal-links")] HttpRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (asked, error) = await JsonBody.ReadAsync(
            request,
            InvalidTitle,
            json => new Revocation(json.Required("by", Line(100))),
            cancellationToken
        );
        if (asked is null)
            return error!;
        var revoked = await transactions.RunAsync(
            new CustomerId(id),
            (context, account) =>
                context.Customer is { ErasedAt: null, Merge: null }
                    ? new CustomerTransaction(account.Id).Save(
                        account.Customer,
                        context.Customer.WithoutPortalLinks(asked.By, context.Now)
                    )
                    : null,
            cancellationToken
        );
        return revoked is null ? ApiResult.NotFound("customer with this id") : ApiResult.Ok(new { });
    }

    private sealed record Revocation(string By);
}
