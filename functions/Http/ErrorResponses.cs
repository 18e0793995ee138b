using System.Globalization;
using Azure;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Dunning.Http;

/// <summary>
/// The headers of every response, and the response when an HTTP function throws: without it the worker answers an empty
/// 200. The worker runs it as a middleware, the local host by <see cref="RunAsync"/>.
/// </summary>
public sealed class ErrorResponses(ILogger<ErrorResponses> log) : IFunctionsWorkerMiddleware
{
    private static readonly TimeSpan _retryAfter = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A queue or timer function has no HTTP context. Its exception must reach the host, which then runs it again.
    /// </summary>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is { } http
            ? RunAsync(http, context.FunctionDefinition.Name, () => next(context))
            : next(context);

    /// <param name="name">For the log.</param>
    public async Task RunAsync(HttpContext http, string name, Func<Task> call)
    {
        SetHeaders(http.Response.Headers);
        try
        {
            await call();
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: no response is possible.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var response = From(exception);
            if (response.Status >= StatusCodes.Status500InternalServerError)
                log.LogError(exception, "{Function} failed", name);
            http.Response.Clear();
            SetHeaders(http.Response.Headers);
            await response.ExecuteAsync(http);
        }
    }

    /// <summary>Says nothing of the exception but what the sender can correct.</summary>
    public static ApiResult From(Exception exception) =>
        exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiResult.Problem(
                StatusCodes.Status413PayloadTooLarge,
                "too-large",
                "The body is too large",
                "Send less, or in several requests."
            ),
            BadHttpRequestException bad => ApiResult.Problem(
                bad.StatusCode,
                "bad-request",
                "The request cannot be read",
                bad.Message
            ),
            // Reading the request body failed, for example because of invalid chunks. A function reads no other stream.
            IOException => ApiResult.Problem(
                StatusCodes.Status400BadRequest,
                "bad-request",
                "The request cannot be read",
                "The body ended early or is encoded wrongly (RFC 9112 section 7.1); send it again as a whole."
            ),
            ConcurrencyException => ApiResult.RetryLater(
                "Others are changing the same data",
                "Nothing was changed. Send the same request again in a minute.",
                _retryAfter
            ),
            _ when IsOutage(exception) => ApiResult.RetryLater(
                "Storage is unavailable",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Send the same request again in {_retryAfter.TotalSeconds:F0} seconds."
                ),
                _retryAfter
            ),
            _ => ApiResult.Problem(
                StatusCodes.Status500InternalServerError,
                "internal",
                "The request failed",
                "Send it again. If it fails again, see the log for the cause."
            ),
        };

    /// <summary>Storage did not answer, is overloaded, or the app is being stopped.</summary>
    private static bool IsOutage(Exception exception) =>
        exception switch
        {
            // The Azure SDK throws one when every attempt has failed.
            AggregateException attempts => attempts.InnerExceptions.Any(IsOutage),
            RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
            _ => exception is OperationCanceledException,
        };

    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        // Names, addresses and debts must not be cached.
        headers.CacheControl = "no-store";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
