using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.OpenApi;

/// <summary><c>GET /api/openapi.json</c>: the API as OpenAPI 3.1. It says nothing of any customer.</summary>
public sealed class GetOpenApi
{
    private static readonly Lazy<string> _document = new(() => ApiDescription.Create().ToJsonString(ApiResult.Options));

    [Function(nameof(GetOpenApi))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request
    ) => ApiResult.Json(_document.Value).With("Cache-Control", "public, max-age=3600");
}
