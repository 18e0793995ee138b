using System.Security.Cryptography;
using System.Text;
using Dunning.Notices.Delivery;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace Dunning.Notices.Sms;

/// <summary>
/// Twilio Programmable Messaging. It has no idempotency key, so whatever is not surely refused is
/// <see cref="SendOutcome.Unknown"/>.
/// </summary>
/// <param name="sender">A number, a name of up to 11 letters, or a messaging service (<c>MG…</c>).</param>
public sealed class SmsGateway(ITwilioRestClient client, string sender)
{
    /// <summary>A customer gets a message every few days: the newest few to a number are enough to look at.</summary>
    private const int MaxMessagesChecked = 20;
    private static readonly TimeSpan _clockDifference = TimeSpan.FromMinutes(2);

    private bool IsMessagingService => sender.Length == 34 && sender.StartsWith("MG", StringComparison.Ordinal);

    /// <param name="cancellationToken">Looked at before the request only: Twilio's client takes none.</param>
    public async Task<SendOutcome> SendAsync(OutgoingSms sms, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return SendOutcome.NotStarted;
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

    /// <summary>
    /// What became of a message whose sender died; asked long after the attempt, when nothing can be on its way any
    /// more.
    /// </summary>
    /// <param name="since">When the attempt began, UTC.</param>
    /// <param name="textHash">Of the body: another message to the same number proves nothing.</param>
    /// <exception cref="InvalidOperationException">Twilio cannot be asked now.</exception>
    public async Task<SendOutcome> FindAsync(string to, DateTimeOffset since, string textHash)
    {
        var messages = await ReadAsync(to);
        // A little earlier, because Twilio's clock is not ours.
        var recent = messages
            .Where(m => m.DateCreated?.ToUniversalTime() >= since.UtcDateTime - _clockDifference)
            .ToList();
        var sent = recent.Find(m => HashOf(m.Body ?? "") == textHash);
        return sent is not null ? new SendOutcome.Sent(sent.Sid)
            : recent.Count == 0 ? new SendOutcome.RetryLater(TimeSpan.Zero, "Twilio never accepted it.")
            // Another customer's with the same number, or ours as Twilio's settings have changed or hidden it.
            : new SendOutcome.Unknown("Twilio has another text to this number from the same time.");
    }

    private async Task<IReadOnlyList<MessageResource>> ReadAsync(string to)
    {
        try
        {
            return
            [
                .. await MessageResource.ReadAsync(
                    new ReadMessageOptions { To = new PhoneNumber(to), Limit = MaxMessagesChecked },
                    client
                ),
            ];
        }
        catch (TwilioException failure)
        {
            // Its own words hold the address, and that holds the number: they must not reach a log.
            throw new InvalidOperationException($"Twilio cannot be asked about a message ({failure.GetType().Name}).");
        }
    }

    public static string HashOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private CreateMessageOptions Options(OutgoingSms sms) =>
        new(new PhoneNumber(sms.To))
        {
            Body = sms.Body,
            StatusCallback = sms.StatusCallback,
            From = IsMessagingService ? null : new PhoneNumber(sender),
            MessagingServiceSid = IsMessagingService ? sender : null,
        };
}
