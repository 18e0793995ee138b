using Dunning.Configuration;
using Dunning.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Replies.Mail;

/// <summary>
/// <c>POST /api/inbound-mail/{endpointKey}</c>: an email, as <c>message/rfc822</c> or as a provider's inbound parsing
/// posts it (see <see cref="PostedMail"/>). It is stored and enqueued before the answer.
/// </summary>
public sealed class ReceiveMail(MailIntake intake, InboxOptions options)
{
    [Function(nameof(ReceiveMail))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "inbound-mail/{endpointKey}")] HttpRequest request,
        string endpointKey,
        CancellationToken cancellationToken
    )
    {
        if (options.EndpointKey is not { Length: > 0 } key || !SecretText.AreEqual(key, endpointKey))
            return ApiResult.NotFound("inbound mail endpoint");
        if (await RequestBody.ReadAsync(request, MailIntake.MaxBytes, cancellationToken) is not { } body)
            return RequestBody.TooLarge(MailIntake.MaxBytes);
        var (posted, error) = await PostedMail.ReadAsync(request, body, cancellationToken);
        if (posted is null)
            return error!;
        if (!MailgunSignature.Verify(posted, options.MailgunSigningKey))
            return ApiResult.Problem(
                StatusCodes.Status401Unauthorized,
                "bad-signature",
                "The signature is invalid",
                "Sign timestamp and token with the key that Inbox__MailgunSigningKey has."
            );
        if (!MailReader.HasSender(posted.Raw))
            return ApiResult.Invalid(
                PostedMail.InvalidTitle,
                [new(posted.Pointer, "not_an_email", "send the whole message (RFC 5322), with its header From")]
            );
        await intake.SaveAsync(posted.Raw, isCut: false, cancellationToken);
        return ApiResult.Ok(new { Received = true });
    }
}
