using Dunning.Configuration;
using Dunning.Http;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Dunning.Replies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Sms;

/// <summary>
/// <c>POST /api/twilio/messages</c>: an SMS to the creditor's number
/// (twilio.com/docs/messaging/guides/webhook-request). STOP ends SMS to the sender's number for every customer who has
/// it, START allows them again, HELP is answered; any other text is saved, and the account manager gets a follow-up.
/// </summary>
public sealed class ReceiveSmsReply(
    TwilioWebhook webhook,
    ReplyIntake replies,
    CreditorOptions creditor,
    TimeProvider clock
)
{
    [Function(nameof(ReceiveSmsReply))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "twilio/" + TwilioWebhook.Messages)]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (form, error) = await webhook.ReadAsync(request, TwilioWebhook.Messages, cancellationToken);
        if (form is null)
            return error!;
        if (!form.TryGetValue("MessageSid", out var sid) || !form.TryGetValue("From", out var from))
            return ApiResult.Problem(
                StatusCodes.Status422UnprocessableEntity,
                "incomplete",
                "A form field is missing",
                "Send MessageSid and From."
            );
        var (body, optOut) = (form.GetValueOrDefault("Body", ""), form.GetValueOrDefault("OptOutType"));
        var reply = new Reply(
            sid,
            from,
            CustomerId: null,
            UntrustedText.Clean(body),
            ReplyKeywords.Read(body, optOut),
            clock.GetUtcNow()
        );
        var language = Language.For(await replies.SaveAsync(reply, cancellationToken) ?? creditor.Language);
        return ApiResult.Xml(
            ReplyAnswer.Write(reply, ReplyKeywords.IsAnsweredByTwilio(body, optOut), language, creditor)
        );
    }
}
