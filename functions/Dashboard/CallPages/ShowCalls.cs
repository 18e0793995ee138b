using Dunning.Calls;
using Dunning.Dashboard.Access;
using Dunning.Dashboard.Layout;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.CallPages;

/// <summary><c>GET /api/dashboard/calls</c>: the calls that are due, with what a person needs on the phone.</summary>
public sealed class ShowCalls(DashboardRequests requests, CallList calls)
{
    private const int Limit = 20;

    [Function(nameof(ShowCalls))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/calls")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
            {
                var (items, next) = await calls.ReadAsync(request.Query["after"], Limit, cancellationToken);
                return Pages.Show<CallsPage>(context, new CallsView(items, next, request.Query["done"]));
            },
            cancellationToken
        );
}

/// <param name="Continuation">Of the next page; null on the last.</param>
/// <param name="Done">The action that was done; null for none.</param>
public sealed record CallsView(IReadOnlyList<CallItem> Calls, string? Continuation, string? Done);
