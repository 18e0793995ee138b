namespace Dunning.Local.MailViewer;

/// <summary>
/// Twilio's error codes for invalid messages; the phone numbers are those of its test credentials
/// (twilio.com/docs/iam/test-credentials).
/// </summary>
internal static class TwilioErrors
{
    private static readonly Dictionary<string, TwilioError> _from = new(StringComparer.Ordinal)
    {
        ["+15005550001"] = new(21212, "The 'From' number is not valid."),
        ["+15005550007"] = new(21606, "The 'From' number is not a number of this account that can send messages."),
        ["+15005550008"] = new(21611, "The queue of the 'From' number is full."),
    };

    private static readonly Dictionary<string, TwilioError> _to = new(StringComparer.Ordinal)
    {
        ["+15005550001"] = new(21211, "The 'To' number is not valid."),
        ["+15005550002"] = new(21612, "The 'To' number cannot be reached from this 'From' number."),
        ["+15005550003"] = new(21408, "Sending to this region is not permitted for the account."),
        ["+15005550004"] = new(21610, "The recipient has unsubscribed."),
        ["+15005550009"] = new(21614, "The 'To' number is not a mobile number."),
    };

    /// <summary>The longest body that Twilio accepts, in characters.</summary>
    private const int MaxBodyLength = 1600;

    public static TwilioError? Check(string? from, string? to, string? body)
    {
        if (string.IsNullOrEmpty(to))
            return new(21604, "A 'To' number is required.");
        if (string.IsNullOrEmpty(from))
            return new(21603, "A 'From' number or a messaging service is required.");
        if (string.IsNullOrEmpty(body))
            return new(21602, "A message body is required.");
        if (body.Length > MaxBodyLength)
            return new(21617, "The message body is longer than 1600 characters.");

        return _from.GetValueOrDefault(from) ?? _to.GetValueOrDefault(to);
    }
}

internal sealed record TwilioError(int Code, string Message);
