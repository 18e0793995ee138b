using Twilio.Clients;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace Dunning.Notify.Sms;

/// <summary>Twilio Programmable Messaging. It has no idempotency key, so whatever is not surely refused is <see cref="SendOutcome.Unknown"/>.</summary>
/// <param name="sender">A number, a name of up to 11 letters, or a messaging service (<c>MG…</c>).</param>
public sealed class SmsGateway(ITwilioRestClient client, string sender)
{
    private bool IsMessagingService => sender.Length == 34 && sender.StartsWith("MG", StringComparison.Ordinal);

    /// <param name="cancellationToken">Looked at before the request only: Twilio's client takes none.</param>
    public async Task<SendOutcome> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return SendOutcome.NotStarted;
        try
        {
            var message = await MessageResource.CreateAsync(Options(sms), client);
            return new SendOutcome.Sent(message.Sid);
        }
        catch (Exception failure)
        {
            return TwilioErrors.Outcome(failure);
        }
    }

    private CreateMessageOptions Options(OutgoingSms sms) => new(new PhoneNumber(sms.To))
    {
        Body = sms.Body,
        From = IsMessagingService ? null : new PhoneNumber(sender),
        MessagingServiceSid = IsMessagingService ? sender : null,
    };
}
