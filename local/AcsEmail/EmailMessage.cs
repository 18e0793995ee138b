#nullable disable // As in the official package: callers see oblivious types.
namespace Azure.Communication.Email;

public class EmailMessage
{
    public EmailMessage(string senderAddress, EmailRecipients recipients, EmailContent content)
    {
        SenderAddress = senderAddress;
        Recipients = recipients;
        Content = content;
    }

    public EmailMessage(string senderAddress, string recipientAddress, EmailContent content)
        : this(senderAddress, new EmailRecipients([new EmailAddress(recipientAddress)]), content) { }

    public string SenderAddress { get; }

    public EmailRecipients Recipients { get; }

    public EmailContent Content { get; }

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    public IList<EmailAddress> ReplyTo { get; } = [];

    public IList<EmailAttachment> Attachments { get; } = [];

    public bool? UserEngagementTrackingDisabled { get; set; }
}
