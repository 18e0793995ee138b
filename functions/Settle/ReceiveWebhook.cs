using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Dunning.Settle;

/// <summary>
/// <c>POST /api/webhooks/{provider}/{endpointKey}</c>: verify over the raw bytes, keep, mark the invoice, enqueue, answer 2xx. The mark is
/// written before the answer, so no reminder that is claimed after an accepted payment can leave. Everything slow happens on the queue.
/// </summary>
public sealed class ReceiveWebhook(
    WebhookEndpoints endpoints, WebhookIntake intake, TimeProvider clock, ILogger<ReceiveWebhook> log)
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Checked in place of an unknown endpoint's secret, so that its answer takes as long.</summary>
    private static readonly string[] NoSecret = ["whsec_bm8gc3VjaCBlbmRwb2ludCwgbm8gc3VjaCBzZWNyZXQ="];

    [Function(nameof(ReceiveWebhook))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/{provider}/{endpointKey}")] HttpRequest request,
        string provider, string endpointKey, CancellationToken cancel)
    {
        if (!RequestBody.MediaType(request).EndsWith("json", StringComparison.Ordinal) || request.Headers.ContentEncoding.Count > 0)
            return Answer.Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The media type is not read here", "Send uncompressed JSON.");
        if (await RequestBody.ReadAsync(request, MaxBytes, cancel) is not { } body)
            return RequestBody.TooLarge(MaxBytes);

        var endpoint = endpoints.Find(provider, endpointKey);
        var webhook = new WebhookRequest(request.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.ToString())), body);
        var verified = WebhookSignatures.Verify(provider, webhook, endpoint?.Secrets ?? NoSecret, clock.GetUtcNow());
        if (endpoint is null)
            return Answer.NotFound("webhook endpoint");
        if (!verified)
        {
            log.LogInformation("A webhook for {Provider} endpoint {Endpoint} was refused: signature or timestamp", provider, endpoint.Id);
            return Answer.Problem(StatusCodes.Status401Unauthorized, "bad-signature", "The signature is not right",
                "It must be made over the exact bytes of the body with this endpoint's secret, not more than five minutes ago.");
        }
        return await intake.KeepAsync(endpoint, webhook, cancel) ? Answer.Ok(new { Received = true }) : RequestBody.TooLarge(MaxBytes);
    }
}
