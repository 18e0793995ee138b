namespace Dunning.Notices.Sms;

/// <summary>A text message ready to go.</summary>
/// <param name="To">E.164, with the plus sign.</param>
/// <param name="StatusCallback">Where Twilio tells what became of it.</param>
public sealed record OutgoingSms(string To, string Body, Uri? StatusCallback = null);
