using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Policies;
using Dunning.PolicyVersions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>
/// <c>GET /api/dashboard/policies</c>: the policies, who they are for, and how many open invoices follow them.
/// </summary>
public sealed class ShowPolicies(
    DashboardRequests requests,
    OpenAccounts accounts,
    PolicyUpdates updates,
    DunningRules rules
)
{
    [Function(nameof(ShowPolicies))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/policies")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                await updates.ReadAsync(cancellationToken);
                return Pages.Show<PoliciesPage>(
                    context,
                    new PolicyList(rules.Policies.All, PolicyUses.Of(await accounts.ReadAsync(cancellationToken)))
                );
            },
            cancellationToken
        );
}

/// <summary>What <see cref="PoliciesPage"/> shows.</summary>
/// <param name="Policies">In the versions that new invoices follow, or soon will.</param>
public sealed record PolicyList(IReadOnlyList<Policy> Policies, PolicyUses Uses);
