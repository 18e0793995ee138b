using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>
/// What callers get when a function throws: problem details that tell nothing of the inside, which goes to the log.
/// </summary>
internal static class Failures
{
    public static void Use(WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                try
                {
                    await next(http);
                }
                catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
                {
                    // The caller has gone; there is nobody to answer.
                }
                catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
                {
                    await Results.Problem(bad.Message, statusCode: bad.StatusCode).ExecuteAsync(http);
                }
                catch (Exception failure) when (!http.Response.HasStarted)
                {
                    var endpoint = http.GetEndpoint()?.DisplayName ?? http.Request.Path;
                    app.Logger.LogError(failure, "{Endpoint} failed", endpoint);
                    await Results
                        .Problem("The request failed; the cause is in the log.", statusCode: 500)
                        .ExecuteAsync(http);
                }
            }
        );
}
