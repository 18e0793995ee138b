using System.Text;
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
    )
    {
        if (name != $"{Stylesheet.Hash}.css")
            return Results.NotFound();
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Text(Stylesheet.Text, "text/css", Encoding.UTF8);
    }
}
