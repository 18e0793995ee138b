using Dunning.Notices.Delivery;

namespace Dunning.Notices.Sms;

public sealed record PreparedSms(OutgoingSms Sms, IReadOnlyDictionary<string, string> Details)
    : PreparedMessage(Sms.Body, [Sms.To], SmsGateway.HashOf(Sms.Body), Details);
