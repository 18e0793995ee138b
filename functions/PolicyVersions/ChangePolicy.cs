using System.Globalization;
using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.PolicyVersions;

/// <summary>
/// <c>PUT /api/policies/{name}</c> with <c>{"by": "Maya", "policy": {…}}</c>: saves the next version of a policy, or
/// the first one of a new policy. New invoices follow it from a minute later on; open ones keep theirs until
/// <see cref="MoveInvoices"/>. Idempotent.
/// </summary>
public sealed class ChangePolicy(PolicyTable table, PolicyUpdates updates, DunningRules rules, TimeProvider clock)
{
    [Function(nameof(ChangePolicy))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Admin, "put", Route = "policies/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var (change, error) = await PolicyRequest.ReadAsync(request, name, isPreview: false, cancellationToken);
        if (change is null)
            return error!;
        var policy = change.Policy!;
        await updates.ReadAsync(cancellationToken);
        var newest = rules.Policies.Latest(name);
        if (policy.Version != newest?.Version || Rows.Serialise(policy) != Rows.Serialise(newest))
        {
            var now = clock.GetUtcNow();
            var next = (newest?.Version ?? 0) + 1;
            if (
                policy.Version != next
                || !await table.TryAddAsync(
                    new StoredPolicy(policy, change.By, now, now + PolicyUpdates.ActiveAfter),
                    cancellationToken
                )
            )
                return Changed(newest?.Version ?? 0);
        }
        return ApiResult.Ok(PolicyView.Create(rules.Policies, name, await updates.ReadAsync(cancellationToken))!);
    }

    private static ApiResult Changed(int newest) =>
        ApiResult.Problem(
            StatusCodes.Status409Conflict,
            "changed-meanwhile",
            "The policy has another version",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The newest version is {newest}. Read it with GET, put your change into it, and send it as version "
                    + $"{newest + 1}."
            )
        );
}
