using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Dunning.Local;

/// <summary>HTTP triggers as routes below /api.</summary>
internal static class HttpFunctions
{
    /// <summary>The limit of the Functions host (ScriptConstants.cs, DefaultMaxRequestBodySize).</summary>
    public const long MaxBodyBytes = 104_857_600;

    private static readonly string[] _allMethods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    /// <param name="keys">Null: no key is required.</param>
    public static void Map(IEndpointRouteBuilder routes, IEnumerable<HttpFunction> functions, FunctionKeys? keys)
    {
        foreach (var function in functions)
        {
            FunctionCall.EnsureKnownParameters(function, parameter => HttpBinding.IsKnown(parameter, function.Route));
            var methods = function.Methods is [] ? _allMethods : function.Methods;
            routes
                .MapMethods($"/api/{function.Route}", methods, http => RunAsync(http, function, keys))
                .WithName(function.Name);
        }
    }

    private static async Task RunAsync(HttpContext http, HttpFunction function, FunctionKeys? keys)
    {
        if (keys?.Allow(function.Level, http.Request) == false)
        {
            var detail = "Send a valid key as the x-functions-key header or the code query parameter.";
            await Results.Problem(detail, statusCode: 401).ExecuteAsync(http);
            return;
        }

        var returned = await FunctionCall.RunAsync(
            http.RequestServices,
            function.Method,
            parameter => HttpBinding.Value(parameter, http)
        );
        if (returned is IResult result)
            await result.ExecuteAsync(http);
    }
}
