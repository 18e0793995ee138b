using Dunning.Dashboard.Access;
using Dunning.Replies.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.CustomerPages;

/// <summary><c>GET /api/dashboard/replies/{customer}/{id}/files/{number}</c>: a file of a reply, to be saved.</summary>
public sealed class ShowReplyFile(DashboardRequests requests, ReplyFiles files)
{
    [Function(nameof(ShowReplyFile))]
    public Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous,
            "get",
            Route = "dashboard/replies/{customer}/{id}/files/{number:int}"
        )]
            HttpRequest request,
        string customer,
        string id,
        int number,
        CancellationToken cancellationToken
    ) =>
        requests.ShowAsync(
            request,
            async context =>
                await files.FindAsync(request.HttpContext.Response, (customer, id, number), cancellationToken)
                ?? DashboardRequests.Refused(context, StatusCodes.Status404NotFound, "error.notFound"),
            cancellationToken
        );
}
