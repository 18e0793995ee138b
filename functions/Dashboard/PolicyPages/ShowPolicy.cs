using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.Html;
using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.PolicyVersions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.PolicyPages;

/// <summary>
/// <c>GET /api/dashboard/policy?name=default&amp;version=2&amp;due=2026-04-15&amp;country=GB</c>: one policy over the
/// calendar of a sample invoice, its steps, who uses it, and its versions.
/// </summary>
public sealed class ShowPolicy(
    DashboardRequests requests,
    OpenAccounts accounts,
    PolicyUpdates updates,
    DunningRules rules
)
{
    private const int SampleDueIn = 14;

    [Function(nameof(ShowPolicy))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/policy")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var stored = await updates.ReadAsync(cancellationToken);
                var name = NameIn(request.Query);
                if (PolicyView.Create(rules.Policies, name, stored) is not { } view)
                    return DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound");
                var shown =
                    view.Versions.FirstOrDefault(version =>
                        version.Version == PageForm.NumberOf(request.Query["version"])
                    ) ?? view.Versions.First(version => version.Version == view.Version);
                return Pages.Show<PolicyPage>(
                    context,
                    new ShownPolicy(
                        view,
                        shown.Policy,
                        SampleLadder.Create(
                            rules,
                            shown.Policy,
                            DueIn(request.Query["due"].ToString(), context.Today),
                            PlaceRules.Country.Check(request.Query["country"].ToString()).Value ?? rules.CreditorCountry
                        ),
                        PolicyUses.Of(await accounts.ReadAsync(cancellationToken))
                    )
                    {
                        Done = request.Query["done"],
                    }
                );
            },
            cancellationToken
        );

    internal static string NameIn(IQueryCollection query) =>
        query["name"].ToString() is { Length: > 0 } name ? name : PolicyCatalog.Default;

    private static DateOnly DueIn(string text, DateOnly today) =>
        DateRules.CalendarDate.Check(text).OrNull() is { } due && due > today.AddYears(-1) && due < today.AddYears(10)
            ? due
            : today.AddDays(SampleDueIn);
}

/// <summary>What <see cref="PolicyPage"/> shows.</summary>
/// <param name="Policy">The version that is shown.</param>
public sealed record ShownPolicy(PolicyView View, Policy Policy, SampleLadder Ladder, PolicyUses Uses)
{
    public string? Done { get; init; }

    public PolicyVersionView Newest => View.Versions[0];

    /// <summary>How many open invoices follow an earlier version.</summary>
    public int InvoicesToMove => Uses.InvoicesBefore(Newest.Policy);
}
