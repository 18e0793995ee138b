using Azure;
using Azure.Communication.Email;
using Dunning.Notices.Delivery;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>
/// Azure Communication Services Email. Create the client without retries: each retry counts against the quota, and
/// <see cref="NoticeDelivery"/> decides about retries.
/// </summary>
/// <param name="sender">A MailFrom address of a verified domain; the service holds its display name.</param>
internal sealed class AcsEmailGateway(EmailClient client, string sender, TimeProvider time) : IEmailGateway
{
    /// <summary>The service writes these headers itself, from other fields of the request.</summary>
    private static readonly HeaderId[] _headersOfService =
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
    /// Makes the service refuse a Message-ID that it has already accepted
    /// (learn.microsoft.com/azure/communication-services/concepts/email/email-headers).
    /// </summary>
    private const string ValidateMessageId = "x-ms-acsemail-validate-message-id";

    public async Task<SendOutcome> SendAsync(OutgoingEmail email, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return SendOutcome.NotStarted;
        try
        {
            var operation = await client.SendAsync(
                WaitUntil.Started,
                Message(email),
                email.OperationId,
                cancellationToken
            );
            return new SendOutcome.Sent(operation.Id);
        }
        catch (Exception failure)
        {
            var outcome = AcsErrors.Outcome(failure);
            return outcome.MayHaveBeenAccepted && await IsAcceptedAsync(email.OperationId)
                ? new SendOutcome.Sent(email.OperationId.ToString())
                : outcome.Outcome;
        }
    }

    /// <summary>
    /// Queries the service for the operation. Only a positive answer is reliable: shortly after a timeout, "not found"
    /// proves nothing. Takes no cancellation token, because a cancelled send may be the reason for the query.
    /// </summary>
    private async Task<bool> IsAcceptedAsync(Guid operationId)
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
                    "The email service accepted the email and could not send it."
                );
        }
        catch (RequestFailedException notFound) when (notFound.Status == 404)
        {
            return new SendOutcome.RetryLater(TimeSpan.Zero, "The email service never accepted it.");
        }
    }

    private EmailMessage Message(OutgoingEmail email)
    {
        var mime = email.ToMimeMessage(time.GetUtcNow());
        var content = new EmailContent(mime.Subject) { Html = mime.HtmlBody, PlainText = mime.TextBody };
        var message = new EmailMessage(sender, new EmailRecipients(Addresses(mime.To), Addresses(mime.Cc)), content)
        {
            // No open or click tracking of people who owe money.
            UserEngagementTrackingDisabled = true,
        };
        foreach (var address in Addresses(mime.ReplyTo.Count > 0 ? mime.ReplyTo : mime.From))
            message.ReplyTo.Add(address);
        foreach (var header in mime.Headers.Where(header => !_headersOfService.Contains(header.Id)))
            message.Headers[header.Field] = header.Value;
        message.Headers[ValidateMessageId] = "true";
        foreach (var file in email.Files)
            message.Attachments.Add(
                new EmailAttachment(file.Name, file.ContentType, BinaryData.FromBytes(file.Content!))
                {
                    ContentId = file.ContentId,
                }
            );
        return message;
    }

    /// <summary>With the domain in its ASCII form, which MimeKit decodes by default.</summary>
    private static IEnumerable<EmailAddress> Addresses(InternetAddressList addresses) =>
        from mailbox in addresses.Mailboxes
        let address = mailbox.GetAddress(idnEncode: true)
        select mailbox.Name is { Length: > 0 } name ? new EmailAddress(address, name) : new EmailAddress(address);
}
