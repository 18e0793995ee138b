using Microsoft.AspNetCore.Builder;

namespace Dunning.Local;

/// <summary>
/// What every answer of this machine says to a browser: it is nothing to guess a type from, to keep, to frame, or to
/// tell others of.
/// </summary>
internal static class SafeAnswers
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
