namespace Dunning.Notices.Sms;

/// <summary>An SMS that is ready to be sent.</summary>
/// <param name="To">Phone number in E.164 format, with the plus sign.</param>
/// <param name="StatusCallback">URL to which Twilio posts the delivery status; null for none.</param>
public sealed record OutgoingSms(string To, string Body, Uri? StatusCallback = null)
{
    /// <summary>The sender for the country; null for the usual one.</summary>
    public string? From { get; init; }
}
