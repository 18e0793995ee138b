using System.Security.Cryptography;
using System.Text;
using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Api.V2010.Account;
using Twilio.Types;

namespace Dunning.Notices.Sms;

/// <summary>
/// Twilio Programmable Messaging. It has no idempotency key, so every failure that is not certainly a refusal is
/// <see cref="SendOutcome.Unknown"/>.
/// </summary>
public sealed class SmsGateway(ITwilioRestClient client)
{
    /// <summary>A customer gets an SMS every few days, so the newest ones to a number are enough.</summary>
    private const int MaxMessagesChecked = 20;
    private static readonly TimeSpan _clockDifference = TimeSpan.FromMinutes(2);

    /// <exception cref="InvalidOperationException">SMS are not configured.</exception>
    internal static SmsGateway Create(SmsOptions options)
    {
        if (!options.IsEnabled)
            throw new InvalidOperationException("No SMS can be sent: set Sms__AccountSid, see docs/settings.md.");
        HttpMessageHandler handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        if (options.BaseAddress is { Length: > 0 } address)
            handler = new BaseAddressHandler(new Uri(address), handler);
        var http = new SystemNetHttpClient(new System.Net.Http.HttpClient(handler));
        var client = new TwilioRestClient(options.ApiKey, options.ApiSecret, options.AccountSid, httpClient: http);
        return new SmsGateway(client);
    }

    /// <param name="cancellationToken">Checked only before the request: Twilio's client takes no token.</param>
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
    /// Queries Twilio about an SMS whose sender stopped. To be called after the claim has timed out, when no attempt
    /// can still be running.
    /// </summary>
    /// <param name="since">When the attempt began, UTC.</param>
    /// <param name="textHash">Hash of the body, because other SMS may have been sent to the same number.</param>
    /// <exception cref="InvalidOperationException">The query failed; the queue retries.</exception>
    public async Task<SendOutcome> FindAsync(string to, DateTimeOffset since, string textHash)
    {
        var messages = await ReadAsync(to);
        // Starts a little earlier, because Twilio's clock may differ.
        var recent = messages
            .Where(m => m.DateCreated?.ToUniversalTime() >= since.UtcDateTime - _clockDifference)
            .ToList();
        var sent = recent.Find(m => HashOf(m.Body ?? "") == textHash);
        return sent is not null ? new SendOutcome.Sent(sent.Sid)
            : recent.Count == 0 ? new SendOutcome.RetryLater(TimeSpan.Zero, "Twilio never accepted it.")
            // For another customer with the same number, or the same SMS with a body that Twilio changed or redacted.
            : new SendOutcome.Unknown("Twilio has an SMS with a different text to this number from the same time.");
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
            // Twilio's message contains the URL with the phone number, which must not be logged.
            throw new InvalidOperationException(
                $"Twilio could not be queried about an SMS ({failure.GetType().Name})."
            );
        }
    }

    public static string HashOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private static CreateMessageOptions Options(OutgoingSms sms)
    {
        var isService = SmsSenderOptions.IsMessagingService(sms.From);
        return new(new PhoneNumber(sms.To))
        {
            Body = sms.Body,
            StatusCallback = sms.StatusCallback,
            From = isService ? null : new PhoneNumber(sms.From),
            MessagingServiceSid = isService ? sms.From : null,
        };
    }
}
