using System.Security.Cryptography;
using System.Text;
using Dunning.Configuration;
using Dunning.Notices.Delivery;
using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Email;

/// <summary>
/// Puts a rendered mail into its envelope: sender, thread, the id by which the provider knows a second try.
/// </summary>
/// <param name="from">The sending address.</param>
public sealed class EmailComposer(IEmailGateway gateway, Lookup lookup, CreditorOptions creditor, string from)
{
    private readonly string _domain = from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <inheritdoc cref="IEmailGateway.FindAsync"/>
    public Task<SendOutcome> FindAsync(Notice notice, CancellationToken cancellationToken) =>
        gateway.FindAsync(notice.OperationId, cancellationToken);

    /// <param name="language">The reader's; the mail is in the nearest one that ships.</param>
    public async Task<PreparedMessage> PrepareAsync(
        Notice notice,
        string language,
        EmailText text,
        IReadOnlyList<Mailbox> to,
        IReadOnlyList<Mailbox> cc,
        CancellationToken cancellationToken
    )
    {
        await lookup.AddMailAsync(notice, cancellationToken);
        var mail = new OutgoingEmail
        {
            OperationId = notice.OperationId,
            From = new Mailbox(from, creditor.Company),
            To = to,
            Cc = cc,
            ReplyTo = new Mailbox(creditor.Email, creditor.Person ?? creditor.Company),
            Text = text,
            Headers = EmailHeaders.Headers(notice.MessageName, notice.CustomerId, Language.For(language).Tag, _domain),
        };
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Html + text.Plain)));
        IReadOnlyList<string> addresses = [.. to.Concat(cc).Select(p => p.Address)];
        var details = new Dictionary<string, string>
        {
            ["to"] = string.Join(", ", addresses),
            ["subject"] = text.Subject,
            ["messageId"] = mail.Headers["Message-ID"],
            ["operationId"] = notice.OperationId.ToString(),
            ["sha256"] = hash,
        };
        return new PreparedMessage(
            text.Subject,
            addresses,
            hash,
            details,
            cancellationToken => gateway.SendAsync(mail, cancellationToken)
        );
    }
}
