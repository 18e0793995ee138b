using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>Reads a status callback's form.</summary>
internal static class TwilioStatus
{
    /// <returns>
    /// Null for a status that is not the last: accepted, queued, sending, sent, or one that we do not know.
    /// </returns>
    public static (DeliveryStatus Arrival, string Reason)? Read(IReadOnlyDictionary<string, string> form) =>
        form.GetValueOrDefault("MessageStatus") switch
        {
            "delivered" or "read" => (DeliveryStatus.Delivered, ""),
            "undelivered" or "failed" => Lost(form.GetValueOrDefault("ErrorCode")),
            "canceled" => (DeliveryStatus.Failed, "canceled at Twilio"),
            _ => null,
        };

    private static (DeliveryStatus, string) Lost(string? errorCode) =>
        int.TryParse(errorCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (
                TwilioErrors.KindOf(code) is TwilioErrorKind.Recipient ? DeliveryStatus.Dead : DeliveryStatus.Failed,
                string.Create(CultureInfo.InvariantCulture, $"Twilio's error code {code}")
            )
            : (DeliveryStatus.Failed, "Twilio names no error code");
}
