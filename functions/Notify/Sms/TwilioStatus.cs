using System.Globalization;
using Dunning.Book;

namespace Dunning.Notify.Sms;

/// <summary>Reads a status callback's form.</summary>
public static class TwilioStatus
{
    /// <returns>Null for a status that is not the last: accepted, queued, sending, sent, or one that we do not know.</returns>
    public static (Arrival Arrival, string Reason)? Read(IReadOnlyDictionary<string, string> form) => form.GetValueOrDefault("MessageStatus") switch
    {
        "delivered" or "read" => (Arrival.Delivered, ""),
        "undelivered" or "failed" => Lost(form.GetValueOrDefault("ErrorCode")),
        "canceled" => (Arrival.Failed, "canceled at Twilio"),
        _ => null,
    };

    private static (Arrival, string) Lost(string? errorCode) => int.TryParse(errorCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
        ? (TwilioErrors.KindOf(code) is TwilioErrorKind.Recipient ? Arrival.Dead : Arrival.Failed, string.Create(CultureInfo.InvariantCulture, $"Twilio's error code {code}"))
        : (Arrival.Failed, "Twilio names no error code");
}
