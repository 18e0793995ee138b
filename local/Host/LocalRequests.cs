using Dunning.Http;
using Microsoft.AspNetCore.Http;

namespace Dunning.Local;

/// <summary>
/// The local host needs no keys and runs beside a browser. A page of another site must not reach it: neither under a
/// name of its own that leads to this machine (DNS rebinding) nor by a request that the browser sends for it.
/// </summary>
internal static class LocalRequests
{
    private static readonly HashSet<string> _hosts = new(
        ["127.0.0.1", "localhost", "[::1]"],
        StringComparer.OrdinalIgnoreCase
    );

    public static Task AllowAsync(HttpContext http, RequestDelegate next)
    {
        if (!_hosts.Contains(http.Request.Host.Host))
            return ApiResult
                .Problem(
                    StatusCodes.Status400BadRequest,
                    "host-not-allowed",
                    "The host is not served",
                    "Send it to 127.0.0.1, localhost or [::1]; a tunnel must set the Host header to one of them."
                )
                .ExecuteAsync(http);
        if (IsFromAnotherSite(http.Request))
            return ApiResult
                .Problem(
                    StatusCodes.Status403Forbidden,
                    "cross-site",
                    "The request comes from another site",
                    "Open the address directly, or send the request from a program instead of a page."
                )
                .ExecuteAsync(http);
        return next(http);
    }

    /// <summary>
    /// What a browser says of a request (Fetch Metadata), or the origin of older browsers; programs send neither. The
    /// origin is "null" for our own forms, too, because our pages send no referrer.
    /// </summary>
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers.TryGetValue("Sec-Fetch-Site", out var site)
            ? site.ToString() is not ("same-origin" or "none")
            : request.Headers.Origin.ToString() is { Length: > 0 } origin
                && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
