using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Receivables;
using Dunning.Recovery;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Notices.Sms;

/// <summary>
/// Sends a reminder by SMS. Safe to run any number of times: only the run that claims the notice sends it.
/// </summary>
public sealed class SendSmsNotice(
    NoticeDelivery delivery,
    NoticeContentBuilder contentBuilder,
    SmsGateway gateway,
    TwilioWebhook webhook,
    Failures failures
)
{
    /// <summary>
    /// Malaysia forbids links in SMS since 1 September 2024 (rule of the communications commission MCMC).
    /// </summary>
    private const string NoLinks = "MY";

    [Function(nameof(SendSmsNotice))]
    public Task Run([QueueTrigger(Queues.SmsNotices)] NoticeReady ready, CancellationToken cancellationToken) =>
        failures.WatchAsync(
            Queues.SmsNotices,
            ready,
            () =>
                delivery.DeliverAsync(
                    ready,
                    (request, _) => Task.FromResult(Prepare(request)),
                    (notice, _, _) => FindAsync(notice),
                    cancellationToken
                )
        );

    private async Task<SendOutcome> FindAsync(Notice notice) =>
        notice is { To: [var number, ..], TextHash: { } hash, ClaimedAt: { } since }
            ? await gateway.FindAsync(number, since, hash)
            : new SendOutcome.Unknown("The notice lacks the number, text hash or claim time needed to query Twilio.");

    private PreparedMessage Prepare(SendRequest request)
    {
        var number = request.Customer.PhoneNumber!;
        var country = request.Customer.Country;
        var isInMalaysia =
            country?.StartsWith(NoLinks, StringComparison.Ordinal)
            ?? number.StartsWith("+60", StringComparison.Ordinal);
        var text = SmsLetter.Render(contentBuilder.Build(request), linksAllowed: !isInMalaysia);
        var details = new Dictionary<string, string>
        {
            ["to"] = number,
            ["text"] = text.Body,
            ["segments"] = text.Segments.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        var sms = new OutgoingSms(number, text.Body, webhook.StatusCallback(request.Notice));
        return new PreparedMessage(
            text.Body,
            [number],
            SmsGateway.HashOf(text.Body),
            details,
            cancellationToken => gateway.SendAsync(sms, cancellationToken)
        )
        {
            Messages = text.Segments,
        };
    }
}
