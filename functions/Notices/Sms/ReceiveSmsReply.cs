using Dunning.Configuration;
using Dunning.Http;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Sms;

/// <summary>
/// <c>POST /api/twilio/messages</c>: a text message to our number (twilio.com/docs/messaging/guides/webhook-request).
/// STOP ends texts to that number for every customer who has it, START brings them back, HELP is answered; anything
/// else is kept, and a person is asked to answer.
/// </summary>
public sealed class ReceiveSmsReply(
    TwilioWebhook webhook,
    Replies replies,
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
        var (form, refusal) = await webhook.ReadAsync(request, TwilioWebhook.Messages, cancellationToken);
        if (form is null)
            return refusal!;
        if (!form.TryGetValue("MessageSid", out var sid) || !form.TryGetValue("From", out var from))
            return ApiResult.Problem(
                StatusCodes.Status422UnprocessableEntity,
                "incomplete",
                "The form lacks a field",
                "MessageSid and From are needed."
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
        var language = Language.For(await replies.KeepAsync(reply, cancellationToken) ?? creditor.Language);
        return ApiResult.Xml(
            ReplyAnswer.Write(reply, ReplyKeywords.IsAnsweredByTwilio(body, optOut), language, creditor)
        );
    }
}
