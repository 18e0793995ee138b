using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.OpenApi;

/// <summary><c>GET /api/reference</c>: the API for people, from the same description.</summary>
public sealed class ShowReference
{
    [Function(nameof(ShowReference))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "reference")] HttpRequest request)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        return new RazorComponentResult<ReferencePage>(
            new Dictionary<string, object?> { [nameof(ReferencePage.Document)] = ApiDescription.Create() }
        )
        {
            PreventStreamingRendering = true,
        };
    }
}
