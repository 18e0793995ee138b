using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>Reminders to the customer's phone, and answers to the phone that wrote.</summary>
public sealed class SmsChannel(
    NoticeContentBuilder contentBuilder,
    SmsGateway gateway,
    TwilioWebhook webhook,
    SmsOptions options
) : INoticeChannel
{
    public async Task<PreparedMessage> PrepareAsync(SendRequest request, CancellationToken cancellationToken)
    {
        var answer = request.Notice.Answer;
        var number = answer?.To ?? request.Customer.PhoneNumber!;
        var country = request.Customer.Country;
        var text = answer is not null
            ? Gsm7.Measure(Gsm7.Normalise(answer.Text))
            : SmsText.Render(
                await contentBuilder.BuildAsync(request, sentOn: null, cancellationToken),
                linksAllowed: !SmsLinks.AreForbidden(country, number)
            );
        var evidence = new MessageEvidence
        {
            To = [number],
            Body = text.Body,
            Segments = text.Segments,
        };
        var sms = new OutgoingSms(
            options.SenderFor(country).From!,
            number,
            text.Body,
            webhook.StatusCallback(request.Notice)
        );
        return new PreparedSms(sms, evidence) { Messages = text.Segments };
    }

    public Task<SendOutcome> SendAsync(PreparedMessage message, CancellationToken cancellationToken) =>
        gateway.SendAsync(((PreparedSms)message).Sms, cancellationToken);

    public async Task<SendOutcome> FindSentAsync(Notice notice, CancellationToken cancellationToken) =>
        notice is { To: [var number, ..], TextHash: { } hash, ClaimedAt: { } since }
            ? await gateway.FindAsync(number, since, hash)
            : new SendOutcome.Unknown("The notice lacks the number, text hash or claim time needed to query Twilio.");
}
