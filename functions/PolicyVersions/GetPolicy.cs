using Dunning.Http;
using Dunning.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.PolicyVersions;

/// <summary>
/// <c>GET /api/policies</c>: the policies by name, each in the version that new invoices follow;
/// <c>GET /api/policies/{name}</c>: one in all its versions, with who saved them.
/// </summary>
public sealed class GetPolicy(PolicyUpdates updates, DunningRules rules)
{
    [Function("ListPolicies")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "policies")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        await updates.ReadAsync(cancellationToken);
        return ApiResult.Ok(
            new
            {
                Policies = rules.Policies.All.Select(policy => new
                {
                    policy.Name,
                    policy.Version,
                    policy.For,
                }),
            }
        );
    }

    [Function(nameof(GetPolicy))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "policies/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var stored = await updates.ReadAsync(cancellationToken);
        return PolicyView.Create(rules.Policies, name, stored) is { } view
            ? ApiResult.Ok(view)
            : ApiResult.NotFound("policy of this name");
    }
}
