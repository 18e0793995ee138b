using System.Security.Cryptography;
using System.Text;
using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Email;

/// <summary>
/// Adds sender, recipients, headers and operation id to a rendered email. The operation id is the same for every
/// attempt, so the provider recognizes a repetition.
/// </summary>
public sealed class EmailComposer(Lookup lookup, CreditorOptions creditor, EmailOptions options)
{
    private readonly string _domain = options.From[(options.From.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <remarks>A mailbox that is named more than once gets one copy: as recipient, else as the first copy.</remarks>
    public OutgoingEmail Compose(
        EmailIdentity identity,
        EmailText text,
        IReadOnlyList<Mailbox> to,
        IReadOnlyList<Mailbox> cc,
        IReadOnlyList<MessageFile>? attachments = null
    ) =>
        new()
        {
            OperationId = identity.OperationId,
            From = new Mailbox(options.From, creditor.Company),
            To = [.. to.DistinctBy(mailbox => mailbox.Address, MailboxComparer.Instance)],
            Cc =
            [
                .. cc.DistinctBy(mailbox => mailbox.Address, MailboxComparer.Instance)
                    .ExceptBy(
                        to.Select(mailbox => mailbox.Address),
                        mailbox => mailbox.Address,
                        MailboxComparer.Instance
                    ),
            ],
            ReplyTo = new Mailbox(creditor.Email, text.Signer ?? creditor.Person ?? creditor.Company),
            Text = text,
            Attachments = attachments ?? [],
            Headers = identity.Answer is { } answer
                ? EmailHeaders.CreateAnswer(identity.OperationId, answer.Mail, text.Language, _domain)
                : EmailHeaders.Create(identity, text, _domain),
        };

    public async Task<PreparedEmail> PrepareAsync(
        SendRequest request,
        EmailText text,
        IReadOnlyList<Mailbox> to,
        IReadOnlyList<Mailbox> cc,
        IReadOnlyList<MessageFile> attachments,
        CancellationToken cancellationToken
    )
    {
        var notice = request.Notice;
        // Whoever looks at a message of the forecast changes nothing.
        if (request.SentAt is null)
            await lookup.AddEmailAsync(notice, cancellationToken);
        var identity = new EmailIdentity(notice.OperationId, notice.CustomerId.Value, notice.Answer);
        var email = Compose(identity, text, to, cc, attachments);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Html + text.Plain)));
        IReadOnlyList<string> addresses = [.. email.To.Concat(email.Cc).Select(mailbox => mailbox.Address)];
        var evidence = new MessageEvidence
        {
            To = addresses,
            Subject = text.Subject,
            MessageId = email.Headers["Message-ID"],
            OperationId = notice.OperationId,
            Sha256 = hash,
        };
        return new PreparedEmail(email, addresses, hash, evidence);
    }
}

/// <summary>
/// What makes an email the same one for providers and mail clients: equal for every attempt to send it.
/// </summary>
/// <param name="OperationId">The provider recognizes a repetition by it; it is in the Message-ID, too.</param>
/// <param name="Thread">Emails with the same one are shown as one conversation.</param>
/// <param name="Answer">Of an email that answers a customer's message; it is shown below that.</param>
public sealed record EmailIdentity(Guid OperationId, string Thread, NoticeAnswer? Answer = null);
