namespace Dunning.Replies.Mail;

/// <summary>An email was received and stored: to be read.</summary>
/// <param name="BlobName">In the container of received messages.</param>
/// <param name="IsCut">Only its beginning was stored, because it is too large.</param>
public sealed record MailReceived(string BlobName, bool IsCut) : MessageRecord;
