using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.FollowUps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.OverviewPages;

/// <summary>
/// <c>GET /api/dashboard</c>: who owes, what goes out, what waits. It reads the summaries, never the book.
/// <c>POST /api/dashboard/refresh</c> makes them anew.
/// </summary>
public sealed class ShowOverview(
    DashboardRequests requests,
    SummaryStore summaries,
    SummarizeReceivables summarize,
    FollowUpList followUps
)
{
    [Function(nameof(ShowOverview))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var shards = await requests.TryReadAsync(
                    () => summaries.ReadAsync(cancellationToken),
                    cancellationToken
                );
                var waiting = await requests.TryReadAsync(
                    () => followUps.ReadAsync(new(Limit: 0), cancellationToken),
                    cancellationToken
                );
                return Pages.Show<OverviewPage>(
                    context,
                    Overview.Create([.. shards?.Values ?? []]) with
                    {
                        HasFigures = shards is not null,
                        Waiting = waiting?.Counts,
                        Done = request.Query["done"],
                    }
                );
            },
            cancellationToken
        );

    [Function("PostRefresh")]
    public Task<IResult> Refresh(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/refresh")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ChangeAsync(
            request,
            async (_, _) =>
            {
                await summarize.RunAsync(cancellationToken);
                return Pages.SeeOther(Pages.With(Pages.Home, "done", "refresh"));
            },
            cancellationToken
        );
}
