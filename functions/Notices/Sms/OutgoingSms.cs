namespace Dunning.Notices.Sms;

/// <summary>An SMS that is ready to be sent.</summary>
/// <param name="From">A number, a name of up to 11 letters, a short code, or a messaging service (<c>MG…</c>).</param>
/// <param name="To">Phone number in E.164 format, with the plus sign.</param>
/// <param name="StatusCallback">URL to which Twilio posts the delivery status; null for none.</param>
public sealed record OutgoingSms(string From, string To, string Body, Uri? StatusCallback = null);
