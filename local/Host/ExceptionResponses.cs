using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>
/// The response when a function throws: problem details without the exception, which is logged.
/// </summary>
internal static class ExceptionResponses
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
                    // The caller has disconnected: no response is possible.
                }
                catch (BadHttpRequestException badRequest) when (!http.Response.HasStarted)
                {
                    await Results.Problem(badRequest.Message, statusCode: badRequest.StatusCode).ExecuteAsync(http);
                }
                catch (Exception exception) when (!http.Response.HasStarted)
                {
                    var endpoint = http.GetEndpoint()?.DisplayName ?? http.Request.Path;
                    app.Logger.LogError(exception, "{Endpoint} failed", endpoint);
                    await Results
                        .Problem("The request failed; see the log for the cause.", statusCode: 500)
                        .ExecuteAsync(http);
                }
            }
        );
}
