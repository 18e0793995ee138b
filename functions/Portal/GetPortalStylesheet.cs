using Dunning.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Portal;

/// <summary>
/// <c>GET /api/portal/style/{name}</c>: the owner's pages, which have the same one, may lie behind a sign-in.
/// </summary>
public sealed class GetPortalStylesheet
{
    [Function(nameof(GetPortalStylesheet))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "portal/style/{name}")] HttpRequest request,
        string name
    ) => Stylesheet.Send(request, name);
}
