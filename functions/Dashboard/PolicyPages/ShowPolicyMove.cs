using System.Text.Json.Nodes;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Actions;
using Dunning.Dashboard.Layout;
using Dunning.Html;
using Dunning.Http;
using Dunning.Policies;
using Dunning.PolicyVersions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>
/// <c>/api/dashboard/do-move?name=default</c>: GET says what moving the open invoices to the newest version does to the
/// messages of the next 30 days; POST moves them.
/// </summary>
public sealed class ShowPolicyMove(
    DashboardRequests requests,
    PolicyPreviews previews,
    PolicyUpdates updates,
    MoveInvoices move,
    DunningRules rules
)
{
    private const string Route = "dashboard/do-move";

    [Function(nameof(ShowPolicyMove))]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowToOwnerAsync(
            request,
            context => PageAsync(context, ShowPolicy.NameIn(request.Query), problem: null, cancellationToken),
            cancellationToken
        );

    [Function("PostPolicyMove")]
    public Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, form) =>
            {
                var name = form.GetValueOrDefault("name", "");
                var body = new JsonObject
                {
                    ["by"] = context.Session!.Name,
                    ["version"] = PageForm.NumberOf(form.GetValueOrDefault("version")) ?? 0,
                };
                var answer = (ApiResult)await move.Run(ApiCall.Create("POST", "", body), name, cancellationToken);
                return answer.Status < StatusCodes.Status400BadRequest
                    ? Pages.SeeOther(Pages.With(PolicyAddress.Of(name), "done", "policyMove"))
                    : await PageAsync(
                        context,
                        name,
                        answer.Status == StatusCodes.Status503ServiceUnavailable ? "policy.notYet" : "policy.notNewest",
                        cancellationToken
                    );
            },
            cancellationToken
        );

    private async Task<IResult> PageAsync(
        PageContext context,
        string name,
        string? problem,
        CancellationToken cancellationToken
    )
    {
        await updates.ReadAsync(cancellationToken);
        return rules.Policies.VersionsOf(name) is [var newest, ..]
            ? Pages.Show<PolicyMovePage>(
                context,
                new PolicyMoveView(await previews.CreateAsync(newest, cancellationToken), problem),
                problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict
            )
            : DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound");
    }
}

/// <summary>What <see cref="PolicyMovePage"/> shows.</summary>
/// <param name="Problem">The words for why they were not moved; null before.</param>
public sealed record PolicyMoveView(PolicyPreview Preview, string? Problem);
