using Dunning.Dashboard.Layout;
using Dunning.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.Access;

/// <summary><c>POST /api/dashboard/sign-out</c>: for owners and readers.</summary>
public sealed class EndSession(DashboardRequests requests, SessionCookie cookie)
{
    [Function(nameof(EndSession))]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dashboard/sign-out")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        requests.AnonymousAsync(
            request,
            async context =>
            {
                if (PageForm.IsFromAnotherSite(request) || !await IsOwnFormAsync(request, cancellationToken))
                    return DashboardRequests.Refused(context, StatusCodes.Status400BadRequest, "error.form");
                cookie.Delete(request.HttpContext.Response);
                return Pages.SeeOther(Pages.Of("sign-in"));
            },
            cancellationToken
        );

    private async Task<bool> IsOwnFormAsync(HttpRequest request, CancellationToken cancellationToken) =>
        cookie.Read(request) is { } ticket
        && await PageForm.ReadAsync(request, cancellationToken) is { } form
        && cookie.IsValid(form.GetValueOrDefault(FormToken.Field), ticket);
}
