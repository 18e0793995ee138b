using System.Globalization;
using Dunning.Receivables;

namespace Dunning.Notices.Sms;

/// <summary>Reads the form of a status callback.</summary>
internal static class TwilioStatus
{
    /// <returns>
    /// Null for a status that is not final (accepted, queued, sending, sent) or unknown.
    /// </returns>
    public static (DeliveryStatus Status, string Reason, bool IsLandline)? Read(
        IReadOnlyDictionary<string, string> form
    ) =>
        form.GetValueOrDefault("MessageStatus") switch
        {
            "delivered" or "read" => (DeliveryStatus.Delivered, "", false),
            "undelivered" or "failed" => NotDelivered(form.GetValueOrDefault("ErrorCode")),
            "canceled" => (DeliveryStatus.Failed, "canceled at Twilio", false),
            _ => null,
        };

    private static (DeliveryStatus, string, bool) NotDelivered(string? errorCode) =>
        int.TryParse(errorCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? (
                TwilioErrors.Classify(code) is TwilioErrorKind.Recipient ? DeliveryStatus.Dead : DeliveryStatus.Failed,
                string.Create(CultureInfo.InvariantCulture, $"Twilio error code {code}"),
                TwilioErrors.IsLandline(code)
            )
            : (DeliveryStatus.Failed, "Twilio sent no error code", false);
}
