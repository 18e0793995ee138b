using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Dunning.FollowUps;
using Dunning.Html;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.ToDoPages;

/// <summary><c>GET /api/dashboard/todo</c>: what waits for a person, what it holds up, and what can be done.</summary>
public sealed class ShowToDo(DashboardRequests requests, FollowUpList followUps)
{
    [Function(nameof(ShowToDo))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/todo")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var later = request.Query["later"] == "yes";
                var query = new FollowUpQuery(request.Query["after"], IncludesLater: later)
                {
                    Kind = KindOf(request.Query["kind"]),
                };
                return Pages.Show<ToDoPage>(
                    context,
                    new ToDo(await followUps.ReadAsync(query, cancellationToken), request.Query["kind"], later)
                    {
                        Done = request.Query["done"],
                    }
                );
            },
            cancellationToken
        );

    private static FollowUpKind? KindOf(string? code) =>
        Enum.GetValues<FollowUpKind>()
            .Where(kind => PageWords.CodeOf(kind) == code)
            .Select(k => (FollowUpKind?)k)
            .FirstOrDefault();
}
