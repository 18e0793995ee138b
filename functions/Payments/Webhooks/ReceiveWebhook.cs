using Azure;
using Dunning.Http;
using Dunning.Monitoring;
using Dunning.Payments.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// <c>POST /api/webhooks/{provider}/{endpointKey}</c>: verifies the signature over the raw bytes, saves the delivery,
/// marks the invoice, enqueues a message and answers 2xx. The mark is written before the answer, so that no reminder
/// can be claimed after an accepted payment. All slow work is done by the queue.
/// </summary>
public sealed class ReceiveWebhook(
    WebhookEndpoints endpoints,
    WebhookVerification verification,
    WebhookIntake intake,
    Telemetry telemetry,
    ILogger<ReceiveWebhook> log
)
{
    private const int MaxBytes = 1024 * 1024;
    private static readonly TimeSpan _retryAfter = TimeSpan.FromMinutes(1);

    [Function(nameof(ReceiveWebhook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/{provider}/{endpointKey}")]
            HttpRequest request,
        string provider,
        string endpointKey,
        CancellationToken cancellationToken
    )
    {
        var endpoint = endpoints.Find(provider, endpointKey);
        var result = await ReceiveAsync(request, provider, endpoint, cancellationToken);
        telemetry.Webhook(endpoint?.Provider, result.Status);
        return result;
    }

    private async Task<ApiResult> ReceiveAsync(
        HttpRequest request,
        string provider,
        WebhookEndpoint? endpoint,
        CancellationToken cancellationToken
    )
    {
        var sendsForm = PaymentProviders.Find(provider) is { SendsForm: true };
        if (!IsSupported(request, sendsForm))
            return ApiResult.Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported-media-type",
                "The media type is not supported",
                sendsForm ? "Send an uncompressed form." : "Send uncompressed JSON."
            );
        if (await RequestBody.ReadAsync(request, MaxBytes, cancellationToken) is not { } body)
            return RequestBody.TooLarge(MaxBytes);

        var webhook = new WebhookRequest(
            request.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.ToString())),
            body,
            endpoint?.Url
        );
        var verdict = await verification.JudgeAsync(provider, endpoint, webhook, cancellationToken);
        if (endpoint is null)
            return ApiResult.NotFound("webhook endpoint");
        if (verdict is not WebhookVerdict.Genuine)
            return Reject(endpoint, verdict);
        return await SaveAsync(endpoint, webhook, cancellationToken) switch
        {
            IntakeResult.Saved => Acknowledge(endpoint),
            IntakeResult.TooLarge => RequestBody.TooLarge(MaxBytes),
            null => ApiResult.RetryLater("Storage is unavailable", "Send the webhook again later.", _retryAfter),
            IntakeResult.ReminderInFlight => ApiResult.ReminderInFlight(),
            _ => ApiResult.RetryLater(
                "The provider's API is unavailable, so the payment could not be identified",
                "The webhook is saved. Send it again later.",
                _retryAfter
            ),
        };
    }

    /// <returns>
    /// Null when storage is unavailable. Some steps may be done by then: the redelivery continues from there.
    /// </returns>
    private async Task<IntakeResult?> SaveAsync(
        WebhookEndpoint endpoint,
        WebhookRequest webhook,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await intake.SaveAsync(endpoint, webhook, cancellationToken);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            log.LogError(
                exception,
                "A webhook for {Provider} endpoint {Endpoint} could not be saved",
                endpoint.Provider,
                endpoint.Id
            );
            return null;
        }
    }

    private ApiResult Reject(WebhookEndpoint endpoint, WebhookVerdict verdict)
    {
        if (verdict is WebhookVerdict.Unknown)
        {
            log.LogWarning(
                "A webhook for {Provider} endpoint {Endpoint} could not be verified: the certificate is unavailable",
                endpoint.Provider,
                endpoint.Id
            );
            return ApiResult.RetryLater(
                "The signature cannot be verified now",
                "The provider's certificate is unavailable. Send the webhook again later.",
                _retryAfter
            );
        }
        log.LogInformation(
            "A webhook for {Provider} endpoint {Endpoint} was refused: signature or timestamp",
            endpoint.Provider,
            endpoint.Id
        );
        return ApiResult.Problem(
            StatusCodes.Status401Unauthorized,
            "bad-signature",
            "The signature is invalid",
            "Sign the exact bytes of the body with this endpoint's secret. A signed timestamp must be current."
        );
    }

    private static bool IsSupported(HttpRequest request, bool sendsForm)
    {
        var mediaType = RequestBody.MediaType(request);
        return request.Headers.ContentEncoding.Count == 0
            && (
                sendsForm
                    ? mediaType == "application/x-www-form-urlencoded"
                    : mediaType.EndsWith("json", StringComparison.Ordinal)
            );
    }

    private static ApiResult Acknowledge(WebhookEndpoint endpoint) =>
        PaymentProviders.Find(endpoint.Provider)?.ResponseText switch
        {
            null => ApiResult.Ok(new { Received = true }),
            "" => ApiResult.Empty(StatusCodes.Status200OK),
            var text => ApiResult.Text(text),
        };
}
