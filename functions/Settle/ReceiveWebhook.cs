using Azure;
using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Settle;

/// <summary>
/// <c>POST /api/webhooks/{provider}/{endpointKey}</c>: verify over the raw bytes, keep, mark the invoice, enqueue, answer 2xx. The mark is
/// written before the answer, so no reminder that is claimed after an accepted payment can leave. Everything slow happens on the queue.
/// </summary>
public sealed class ReceiveWebhook(WebhookEndpoints endpoints, WebhookVerification verification, WebhookIntake intake, Telemetry telemetry, ILogger<ReceiveWebhook> log)
{
    private const int MaxBytes = 1024 * 1024;

    [Function(nameof(ReceiveWebhook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/{provider}/{endpointKey}")] HttpRequest request,
        string provider, string endpointKey, CancellationToken cancel)
    {
        var endpoint = endpoints.Find(provider, endpointKey);
        var answer = await ReceiveAsync(request, provider, endpoint, cancel);
        telemetry.Webhook(endpoint?.Provider, answer.Status);
        return answer;
    }

    private async Task<Answer> ReceiveAsync(HttpRequest request, string provider, WebhookEndpoint? endpoint, CancellationToken cancel)
    {
        var postsForm = Providers.Find(provider) is { PostsForm: true };
        if (!IsReadHere(request, postsForm))
            return Answer.Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The media type is not read here",
                postsForm ? "Send an uncompressed form." : "Send uncompressed JSON.");
        if (await RequestBody.ReadAsync(request, MaxBytes, cancel) is not { } body)
            return RequestBody.TooLarge(MaxBytes);

        var webhook = new WebhookRequest(request.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.ToString())), body, endpoint?.Url);
        var verdict = await verification.JudgeAsync(provider, endpoint, webhook, cancel);
        if (endpoint is null)
            return Answer.NotFound("webhook endpoint");
        if (verdict is not WebhookVerdict.Genuine)
            return Refuse(endpoint, verdict);
        return await KeepAsync(endpoint, webhook, cancel) switch
        {
            Reception.Kept => Receipt(endpoint),
            Reception.TooLarge => RequestBody.TooLarge(MaxBytes),
            null => Answer.NotYet("Storage does not answer now", "Send it again later.", TimeSpan.FromMinutes(1)),
            Reception.ReminderLeaving => Answer.ReminderLeaving(),
            _ => Answer.NotYet("The provider does not tell now whose payment it is", "It is kept. Send it again later.", TimeSpan.FromMinutes(1)),
        };
    }

    /// <summary>Null while storage does not answer, whatever of it is done by then: the same again goes on from there.</summary>
    private async Task<Reception?> KeepAsync(WebhookEndpoint endpoint, WebhookRequest webhook, CancellationToken cancel)
    {
        try
        {
            return await intake.KeepAsync(endpoint, webhook, cancel);
        }
        catch (Exception silence) when (silence is RequestFailedException or AggregateException)
        {
            log.LogError(silence, "A webhook for {Provider} endpoint {Endpoint} could not be kept", endpoint.Provider, endpoint.Id);
            return null;
        }
    }

    private Answer Refuse(WebhookEndpoint endpoint, WebhookVerdict verdict)
    {
        if (verdict is WebhookVerdict.Unknown)
        {
            log.LogWarning("A webhook for {Provider} endpoint {Endpoint} could not be checked: the certificate cannot be had", endpoint.Provider, endpoint.Id);
            return Answer.NotYet("The signature cannot be checked now", "Send it again later.", TimeSpan.FromMinutes(1));
        }
        log.LogInformation("A webhook for {Provider} endpoint {Endpoint} was refused: signature or timestamp", endpoint.Provider, endpoint.Id);
        return Answer.Problem(StatusCodes.Status401Unauthorized, "bad-signature", "The signature is not right",
            "It must be made over the exact bytes of the body with this endpoint's secret, and just now where it has a time.");
    }

    private static bool IsReadHere(HttpRequest request, bool postsForm)
    {
        var type = RequestBody.MediaType(request);
        return request.Headers.ContentEncoding.Count == 0
            && (postsForm ? type == "application/x-www-form-urlencoded" : type.EndsWith("json", StringComparison.Ordinal));
    }

    private static Answer Receipt(WebhookEndpoint endpoint) => Providers.Find(endpoint.Provider)?.Receipt switch
    {
        null => Answer.Ok(new { Received = true }),
        "" => Answer.Empty(StatusCodes.Status200OK),
        var text => Answer.Text(text),
    };
}
