using Dunning.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Dashboard.Layout;

/// <summary><c>GET /api/dashboard/style/{name}</c>.</summary>
public sealed class GetStylesheet
{
    [Function(nameof(GetStylesheet))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/style/{name}")] HttpRequest request,
        string name
    ) => Stylesheet.Send(request, name);
}
