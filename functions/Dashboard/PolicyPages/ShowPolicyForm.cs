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
/// <c>/api/dashboard/do-policy?name=default&amp;from=2</c>: GET shows the form with a version to start from; the first
/// POST says what would change and changes nothing; the second one, with the confirmation, saves the next version.
/// </summary>
public sealed class ShowPolicyForm(
    DashboardRequests requests,
    PolicyPreviews previews,
    PolicyUpdates updates,
    ChangePolicy change,
    DunningRules rules
)
{
    private const string Route = "dashboard/do-policy";

    [Function(nameof(ShowPolicyForm))]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowToOwnerAsync(
            request,
            async context =>
            {
                await updates.ReadAsync(cancellationToken);
                var name = ShowPolicy.NameIn(request.Query).Trim();
                if (!PolicyRules.IsName(name))
                    return DashboardRequests.Refused(context, StatusCodes.Status400BadRequest, "error.form");
                var known = rules.Policies.VersionsOf(name);
                var from =
                    known.FirstOrDefault(policy => policy.Version == PageForm.NumberOf(request.Query["from"]))
                    ?? rules.Policies.Latest(name)
                    ?? rules.Policies.Newest(PolicyCatalog.Default);
                return Page(context, PolicyDraft.Start(from, name, NextVersion(name)), name);
            },
            cancellationToken
        );

    [Function("PostPolicyForm")]
    public Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (context, form) =>
            {
                if (
                    PolicyDraft.TryParse(form.GetValueOrDefault("policy")) is not { } sent
                    || form.GetValueOrDefault("name") is not { Length: > 0 } name
                )
                    return DashboardRequests.Refused(context, StatusCodes.Status400BadRequest, "error.form");
                if (form.GetValueOrDefault("confirmed") == "yes")
                    return await SaveAsync(context, sent, name, cancellationToken);
                // Back from the preview to the form.
                if (form.GetValueOrDefault("confirmed") == "no")
                    return Page(context, sent, name);
                var (draft, order) = sent.With(form);
                var filled = new PolicyForm(name, draft.Json) { Open = OpenIn(form, order) };
                return form.ContainsKey(PolicyForm.OpenField)
                    ? Pages.Show<PolicyFormPage>(context, filled)
                    : await CheckAsync(context, draft, filled, cancellationToken);
            },
            cancellationToken
        );

    /// <summary>The steps that were open, and the one that a person opens now.</summary>
    /// <param name="order">The former index of each step.</param>
    private static HashSet<int> OpenIn(IReadOnlyDictionary<string, string> form, IReadOnlyList<int> order) =>
        [
            .. Enumerable
                .Range(0, order.Count)
                .Where(step =>
                    form.ContainsKey($"steps.{order[step]}.{PolicyForm.OpenField}")
                    || PageForm.NumberOf(form.GetValueOrDefault(PolicyForm.OpenField)) == order[step]
                ),
        ];

    private int NextVersion(string name) => (rules.Policies.Latest(name)?.Version ?? 0) + 1;

    private static IResult Page(PageContext context, PolicyDraft draft, string name) =>
        Pages.Show<PolicyFormPage>(context, new PolicyForm(name, draft.Json));

    private async Task<IResult> CheckAsync(
        PageContext context,
        PolicyDraft draft,
        PolicyForm filled,
        CancellationToken cancellationToken
    )
    {
        var (policy, problems) = draft.Read();
        return policy is null
            ? Pages.Show<PolicyFormPage>(
                context,
                filled with
                {
                    Problems = problems,
                },
                StatusCodes.Status422UnprocessableEntity
            )
            : Pages.Show<PolicyFormPage>(
                context,
                filled with
                {
                    Preview = await previews.CreateAsync(policy, cancellationToken),
                }
            );
    }

    private async Task<IResult> SaveAsync(
        PageContext context,
        PolicyDraft draft,
        string name,
        CancellationToken cancellationToken
    )
    {
        var body = new JsonObject { ["by"] = context.Session!.Name, ["policy"] = draft.Json.DeepClone() };
        var answer = (ApiResult)await change.Run(ApiCall.Create("PUT", "", body), name, cancellationToken);
        if (answer.Status < StatusCodes.Status400BadRequest)
            return Pages.SeeOther(
                Pages.With(
                    Pages.With(PolicyAddress.Of(name), "version", PolicyFields.TextOf(draft.Json, "version")),
                    "done",
                    "policy"
                )
            );
        var form = new PolicyForm(name, draft.Json);
        if (answer.Status != StatusCodes.Status409Conflict)
            return Pages.Show<PolicyFormPage>(context, form with { Problems = draft.Read().Problems }, answer.Status);
        // Somebody else was first: the form has what was typed, as the version after theirs.
        var next = NextVersion(name);
        draft.Json["version"] = next;
        return Pages.Show<PolicyFormPage>(context, form with { SavedMeanwhile = next - 1 }, answer.Status);
    }
}
