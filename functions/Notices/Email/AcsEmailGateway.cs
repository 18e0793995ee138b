using Azure;
using Azure.Communication.Email;
using Dunning.Notices.Delivery;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>
/// Azure Communication Services Email. The client must be created with retries switched off: each one counts against
/// the quota, and they are ours to decide.
/// </summary>
/// <param name="sender">A MailFrom address of a verified domain; its display name is set there, not here.</param>
internal sealed class AcsEmailGateway(EmailClient client, string sender, TimeProvider time) : IEmailGateway
{
    /// <summary>The service writes these itself, from other fields of the request.</summary>
    private static readonly HeaderId[] _writtenByService =
    [
        HeaderId.From,
        HeaderId.To,
        HeaderId.Cc,
        HeaderId.ReplyTo,
        HeaderId.Subject,
        HeaderId.Date,
        HeaderId.MimeVersion,
        HeaderId.ContentType,
        HeaderId.ContentTransferEncoding,
    ];

    /// <summary>
    /// Makes the service refuse a Message-ID it has seen
    /// (learn.microsoft.com/azure/communication-services/concepts/email/email-headers).
    /// </summary>
    private const string ValidateMessageId = "x-ms-acsemail-validate-message-id";

    public async Task<SendOutcome> SendAsync(OutgoingEmail mail, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return SendOutcome.NotStarted;
        try
        {
            var operation = await client.SendAsync(
                WaitUntil.Started,
                Message(mail),
                mail.OperationId,
                cancellationToken
            );
            return new SendOutcome.Sent(operation.Id);
        }
        catch (Exception failure)
        {
            var outcome = AcsErrors.Outcome(failure);
            return outcome.MayHaveBeenAccepted && await IsKnownAsync(mail.OperationId)
                ? new SendOutcome.Sent(mail.OperationId.ToString())
                : outcome.Outcome;
        }
    }

    /// <summary>
    /// Asks the service whether it has the operation. Only a yes counts: right after a timeout a "not found" proves
    /// nothing. Not tied to the caller's token, which may be what stopped the send.
    /// </summary>
    private async Task<bool> IsKnownAsync(Guid operationId)
    {
        try
        {
            var operation = new EmailSendOperation(operationId.ToString(), client);
            await operation.UpdateStatusAsync(CancellationToken.None);
            return !operation.HasValue || operation.Value.Status == EmailSendStatus.Succeeded;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public async Task<SendOutcome> FindAsync(Guid operationId, CancellationToken cancellationToken)
    {
        try
        {
            var operation = new EmailSendOperation(operationId.ToString(), client);
            await operation.UpdateStatusAsync(cancellationToken);
            return !operation.HasValue || operation.Value.Status == EmailSendStatus.Succeeded
                ? new SendOutcome.Sent(operationId.ToString())
                : new SendOutcome.Rejected(
                    operation.Value.Status.ToString(),
                    "The mail service accepted the mail and could not send it."
                );
        }
        catch (RequestFailedException unknown) when (unknown.Status == 404)
        {
            return new SendOutcome.RetryLater(TimeSpan.Zero, "The mail service never accepted it.");
        }
    }

    private EmailMessage Message(OutgoingEmail mail)
    {
        var mime = mail.ToMimeMessage(time.GetUtcNow());
        var content = new EmailContent(mime.Subject) { Html = mime.HtmlBody, PlainText = mime.TextBody };
        var message = new EmailMessage(sender, new EmailRecipients(Addresses(mime.To), Addresses(mime.Cc)), content)
        {
            // No open or click tracking of people who owe money.
            UserEngagementTrackingDisabled = true,
        };
        foreach (var address in Addresses(mime.ReplyTo.Count > 0 ? mime.ReplyTo : mime.From))
            message.ReplyTo.Add(address);
        foreach (var header in mime.Headers.Where(header => !_writtenByService.Contains(header.Id)))
            message.Headers[header.Field] = header.Value;
        message.Headers[ValidateMessageId] = "true";
        return message;
    }

    /// <summary>A domain in its ASCII form: MimeKit shows it decoded.</summary>
    private static IEnumerable<EmailAddress> Addresses(InternetAddressList addresses) =>
        from mailbox in addresses.Mailboxes
        let address = mailbox.GetAddress(idnEncode: true)
        select mailbox.Name is { Length: > 0 } name ? new EmailAddress(address, name) : new EmailAddress(address);
}
