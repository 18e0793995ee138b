using Dunning.Notices.Delivery;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

public sealed record PreparedSms(OutgoingSms Sms, MessageEvidence Evidence)
    : PreparedMessage(
        [Sms.To],
        SmsGateway.HashOf(Sms.Body),
        Evidence,
        new MessageContent
        {
            From = Sms.From,
            To = [Sms.To],
            Text = Sms.Body,
        }
    );
