using Dunning.Http;
using Dunning.Notices.Delivery;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Sms;

/// <summary>
/// <c>POST /api/twilio/status</c>: Twilio's status callback
/// (twilio.com/docs/messaging/guides/track-outbound-message-status). Only last words are kept: what is queued, sending
/// or sent says nothing that is not known, and may arrive after them.
/// </summary>
public sealed class ReceiveSmsStatus(TwilioWebhook webhook, Queues queues, TimeProvider clock)
{
    [Function(nameof(ReceiveSmsStatus))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "twilio/" + TwilioWebhook.Status)]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (form, refusal) = await webhook.ReadAsync(request, TwilioWebhook.Status, cancellationToken);
        if (form is null)
            return refusal!;
        string? customer = request.Query["customer"],
            notice = request.Query["notice"];
        if (customer is not null && notice is not null && TwilioStatus.Read(form) is { } word)
            await queues.SendAsync(
                Queues.DeliveryReports,
                new DeliveryReport(
                    customer,
                    notice,
                    form.GetValueOrDefault("To", ""),
                    word.Arrival,
                    word.Reason,
                    clock.GetUtcNow()
                ),
                TimeSpan.Zero,
                cancellationToken
            );
        return ApiResult.Empty(StatusCodes.Status204NoContent);
    }
}
