using System.Globalization;
using Dunning.Notices.Delivery;
using Twilio.Exceptions;

namespace Dunning.Notices.Sms;

/// <summary>The class of a Twilio error code, when sending and in a status callback.</summary>
public enum TwilioErrorKind
{
    /// <summary>The number cannot receive SMS or has opted out: nothing more is sent to it.</summary>
    Recipient,

    /// <summary>Account, sender or route is misconfigured: messages wait until that is corrected.</summary>
    Configuration,

    /// <summary>A later attempt may succeed.</summary>
    Temporary,
    Unknown,
}

/// <summary>Classifies Twilio's error codes (twilio.com/docs/api/errors).</summary>
internal static class TwilioErrors
{
    private static readonly TimeSpan _rateLimitWait = TimeSpan.FromMinutes(1);

    public static TwilioErrorKind Classify(int code) =>
        code switch
        {
            // Invalid number, unsubscribed, not a mobile; blocked, unknown, landline.
            21211 or 21610 or 21614 or 30004 or 30005 or 30006 => TwilioErrorKind.Recipient,
            // Wrong credentials; region not allowed; sender or route; trial account; carrier filter; unregistered
            // sender.
            20003 or 21408 or 21606 or 21608 or 21612 or 30007 or 30034 => TwilioErrorKind.Configuration,
            // Too many requests; queue full; temporarily unreachable or unknown.
            20429 or 21611 or 30001 or 30003 or 30008 => TwilioErrorKind.Temporary,
            _ => TwilioErrorKind.Unknown,
        };

    /// <summary>Not a mobile: the number gets no SMS, and can be called.</summary>
    public static bool IsLandline(int code) => code is 21614 or 30006;

    public static SendOutcome Outcome(Exception failure) =>
        failure switch
        {
            ApiException refused => Refused(refused.Code, refused.Status),
            _ when TransportFailure.NothingWasSent(failure) => new SendOutcome.RetryLater(
                null,
                "Twilio could not be reached."
            ),
            _ => new SendOutcome.Unknown($"Twilio's response was lost ({failure.GetType().Name})."),
        };

    private static SendOutcome Refused(int code, int status)
    {
        var reason = $"Twilio answered {status} with code {code}.";
        return (Classify(code), status) switch
        {
            (TwilioErrorKind.Recipient, _) => new SendOutcome.Rejected(Text(code), reason, AddressIsDead: true)
            {
                IsLandline = IsLandline(code),
            },
            (TwilioErrorKind.Configuration, _) or (_, 401 or 403) => new SendOutcome.RetryLater(
                null,
                reason,
                IsConfigurationError: true
            ),
            // Twilio sends no Retry-After; it advises exponential back-off (twilio.com/docs/api/errors/20429).
            (_, 429) => new SendOutcome.RetryLater(_rateLimitWait, reason),
            (TwilioErrorKind.Temporary, _) => new SendOutcome.RetryLater(null, reason),
            (_, >= 400 and < 500 and not 408) => new SendOutcome.Rejected(Text(code), reason),
            _ => new SendOutcome.Unknown(reason),
        };
    }

    private static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);
}
