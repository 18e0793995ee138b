using Microsoft.AspNetCore.Builder;

namespace Dunning.Local;

/// <summary>
/// Headers of every response: no content sniffing, no caching, no framing, no referrer.
/// </summary>
internal static class SecurityHeaders
{
    public static void Use(WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                var headers = http.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers.CacheControl = "no-store";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "no-referrer";
                return next(http);
            }
        );
}
