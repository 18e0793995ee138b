using Azure;
using Dunning.Http;
using Dunning.Monitoring;
using Dunning.Payments.Providers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// <c>POST /api/webhooks/{provider}/{endpointKey}</c>: verify over the raw bytes, keep, mark the invoice, enqueue,
/// answer 2xx. The mark is written before the answer, so no reminder that is claimed after an accepted payment can
/// leave. Everything slow happens on the queue.
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
        var answer = await ReceiveAsync(request, provider, endpoint, cancellationToken);
        telemetry.Webhook(endpoint?.Provider, answer.Status);
        return answer;
    }

    private async Task<ApiResult> ReceiveAsync(
        HttpRequest request,
        string provider,
        WebhookEndpoint? endpoint,
        CancellationToken cancellationToken
    )
    {
        var postsForm = PaymentProviders.Find(provider) is { PostsForm: true };
        if (!IsReadHere(request, postsForm))
            return ApiResult.Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported-media-type",
                "The media type is not read here",
                postsForm ? "Send an uncompressed form." : "Send uncompressed JSON."
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
            return Refuse(endpoint, verdict);
        return await SaveAsync(endpoint, webhook, cancellationToken) switch
        {
            Reception.Kept => Receipt(endpoint),
            Reception.TooLarge => RequestBody.TooLarge(MaxBytes),
            null => ApiResult.RetryLater("Storage is unavailable", "Send it again later.", TimeSpan.FromMinutes(1)),
            Reception.ReminderInFlight => ApiResult.ReminderInFlight(),
            _ => ApiResult.RetryLater(
                "The provider's API is unavailable, so the payment could not be identified",
                "The webhook is saved. Send it again later.",
                TimeSpan.FromMinutes(1)
            ),
        };
    }

    /// <summary>
    /// Null while storage does not answer, whatever of it is done by then: the same again goes on from there.
    /// </summary>
    private async Task<Reception?> SaveAsync(
        WebhookEndpoint endpoint,
        WebhookRequest webhook,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await intake.SaveAsync(endpoint, webhook, cancellationToken);
        }
        catch (Exception storageError) when (storageError is RequestFailedException or AggregateException)
        {
            log.LogError(
                storageError,
                "A webhook for {Provider} endpoint {Endpoint} could not be kept",
                endpoint.Provider,
                endpoint.Id
            );
            return null;
        }
    }

    private ApiResult Refuse(WebhookEndpoint endpoint, WebhookVerdict verdict)
    {
        if (verdict is WebhookVerdict.Unknown)
        {
            log.LogWarning(
                "A webhook for {Provider} endpoint {Endpoint} could not be checked: the certificate cannot be had",
                endpoint.Provider,
                endpoint.Id
            );
            return ApiResult.RetryLater(
                "The signature cannot be checked now",
                "Send it again later.",
                TimeSpan.FromMinutes(1)
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
            "The signature is not right",
            "It must be made over the exact bytes of the body with this endpoint's secret, and just now where it "
                + "has a time."
        );
    }

    private static bool IsReadHere(HttpRequest request, bool postsForm)
    {
        var type = RequestBody.MediaType(request);
        return request.Headers.ContentEncoding.Count == 0
            && (
                postsForm
                    ? type == "application/x-www-form-urlencoded"
                    : type.EndsWith("json", StringComparison.Ordinal)
            );
    }

    private static ApiResult Receipt(WebhookEndpoint endpoint) =>
        PaymentProviders.Find(endpoint.Provider)?.Receipt switch
        {
            null => ApiResult.Ok(new { Received = true }),
            "" => ApiResult.Empty(StatusCodes.Status200OK),
            var text => ApiResult.Text(text),
        };
}
