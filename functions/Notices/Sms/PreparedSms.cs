using Dunning.Notices.Delivery;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <param name="From">The sender that Twilio is given.</param>
public sealed record PreparedSms(OutgoingSms Sms, string From, MessageEvidence Evidence)
    : PreparedMessage(
        [Sms.To],
        SmsGateway.HashOf(Sms.Body),
        Evidence,
        new MessageContent
        {
            From = From,
            To = [Sms.To],
            Text = Sms.Body,
        }
    );
