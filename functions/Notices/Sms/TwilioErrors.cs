using System.Globalization;
using Dunning.Notices.Delivery;
using Twilio.Exceptions;

namespace Dunning.Notices.Sms;

/// <summary>What a Twilio error code says about a message, on sending and in a status callback alike.</summary>
public enum TwilioErrorKind
{
    /// <summary>The number cannot or will not receive: nothing more is sent to it.</summary>
    Recipient,

    /// <summary>The account, sender or route is set up wrongly: messages wait until a person has repaired it.</summary>
    Setup,

    /// <summary>Not now.</summary>
    Later,
    Unlisted,
}

/// <summary>Twilio's error codes (twilio.com/docs/api/errors) sorted by what to do about them.</summary>
internal static class TwilioErrors
{
    private static readonly TimeSpan _rateLimitWait = TimeSpan.FromMinutes(1);

    public static TwilioErrorKind KindOf(int code) =>
        code switch
        {
            // Invalid number, unsubscribed, not a mobile; blocked, unknown, landline.
            21211 or 21610 or 21614 or 30004 or 30005 or 30006 => TwilioErrorKind.Recipient,
            // Wrong credentials; region not allowed; sender or route; trial account; carrier filter; unregistered
            // sender.
            20003 or 21408 or 21606 or 21608 or 21612 or 30007 or 30034 => TwilioErrorKind.Setup,
            // Too many requests; queue full; unreachable or unknown for now.
            20429 or 21611 or 30001 or 30003 or 30008 => TwilioErrorKind.Later,
            _ => TwilioErrorKind.Unlisted,
        };

    public static SendOutcome Outcome(Exception failure) =>
        failure switch
        {
            ApiException refused => Refused(refused.Code, refused.Status),
            _ when TransportFailure.NothingWasSent(failure) => new SendOutcome.RetryLater(
                null,
                "Twilio could not be reached."
            ),
            _ => new SendOutcome.Unknown($"Twilio's answer was lost ({failure.GetType().Name})."),
        };

    private static SendOutcome Refused(int code, int status)
    {
        var reason = $"Twilio answered {status} with code {code}.";
        return (KindOf(code), status) switch
        {
            (TwilioErrorKind.Recipient, _) => new SendOutcome.Rejected(Text(code), reason, AddressIsDead: true),
            (TwilioErrorKind.Setup, _) or (_, 401 or 403) => new SendOutcome.RetryLater(
                null,
                reason,
                IsConfigurationError: true
            ),
            // Twilio names no time; its advice is to wait and to double the wait (twilio.com/docs/api/errors/20429).
            (_, 429) => new SendOutcome.RetryLater(_rateLimitWait, reason),
            (TwilioErrorKind.Later, _) => new SendOutcome.RetryLater(null, reason),
            (_, >= 400 and < 500 and not 408) => new SendOutcome.Rejected(Text(code), reason),
            _ => new SendOutcome.Unknown(reason),
        };
    }

    private static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);
}
