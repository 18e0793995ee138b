using Dunning.Http;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Sms;

/// <summary>
/// <c>POST /api/twilio/status</c>: Twilio's status callback
/// (twilio.com/docs/messaging/guides/track-outbound-message-status). Only final statuses are recorded: queued, sending
/// and sent add nothing, and may arrive after a final status.
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
        var (form, error) = await webhook.ReadAsync(request, TwilioWebhook.Status, cancellationToken);
        if (form is null)
            return error!;
        string? customer = request.Query["customer"],
            notice = request.Query["notice"];
        if (customer is not null && notice is not null && TwilioStatus.Read(form) is { } report)
            await queues.SendAsync(
                Queues.DeliveryReports,
                new DeliveryReport(
                    new CustomerId(customer),
                    new NoticeId(notice),
                    form.GetValueOrDefault("To", ""),
                    report.Status,
                    report.Reason,
                    clock.GetUtcNow()
                )
                {
                    IsLandline = report.IsLandline,
                },
                TimeSpan.Zero,
                cancellationToken
            );
        return ApiResult.Empty(StatusCodes.Status204NoContent);
    }
}
