using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>A connection to a mail server; it sends any number of emails, one at a time.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private static readonly TimeSpan _quitTimeout = TimeSpan.FromSeconds(5);

    private readonly List<string> _refused = [];

    private SmtpConnection(SmtpOptions server)
    {
        Timeout = (int)server.Timeout.TotalMilliseconds;
        // An unreachable revocation list of a certificate authority must not stop all emails.
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = server.CertificateValidation;
    }

    public static async Task<SmtpConnection> OpenAsync(SmtpOptions server, CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection(server);
        try
        {
            await connection.ConnectAsync(server, cancellationToken);
            if (server.User is { Length: > 0 } user)
                await connection.LogInAsync(user, server.Password ?? "", cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A domain has an ASCII form. A non-ASCII local part has none and needs SMTPUTF8 (RFC 6531) from this server and
    /// the next ones. Such an email needs a new connection, because <see cref="SendAsync"/> removes the capability from
    /// used ones.
    /// </summary>
    public static bool NeedsSmtpUtf8(MimeMessage message) => message.GetRecipients().Any(HasNonAsciiLocalPart);

    /// <param name="progress">Records whether data of the email was sent; then it may have been accepted.</param>
    public async Task SendAsync(MimeMessage message, TransferProgress progress, CancellationToken cancellationToken)
    {
        _refused.Clear();
        var options = FormatOptions.Default.Clone();
        if (!NeedsSmtpUtf8(message))
            // Otherwise MailKit would use SMTPUTF8 for a non-ASCII domain, too.
            Capabilities &= ~SmtpCapabilities.UTF8;
        else if (Capabilities.HasFlag(SmtpCapabilities.UTF8))
            options.International = true;
        else
            RemoveNonAsciiRecipients(message);
        await SendAsync(options, message, cancellationToken, progress);
    }

    /// <summary>Never throws, because the emails are sent and a failed QUIT has no consequence.</summary>
    public async Task CloseAsync()
    {
        using var timeout = new CancellationTokenSource(_quitTimeout);
        try
        {
            await DisconnectAsync(quit: true, timeout.Token);
        }
        catch (Exception)
        {
            // The server has closed the connection or does not answer.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>
    /// A refused recipient does not stop the email to the others. But when all addresses in To are refused, the
    /// transaction ends before the data is sent: with a later attempt the recipients in Cc would get the email twice.
    /// </summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _refused.Add(mailbox.Address);
        if (message.To.Mailboxes.All(to => _refused.Contains(to.Address, StringComparer.OrdinalIgnoreCase)))
            base.OnRecipientNotAccepted(message, mailbox, response);
    }

    private async Task ConnectAsync(SmtpOptions server, CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(server.Host, server.Port, server.Tls.ToSocketOptions(), cancellationToken);
        }
        catch (SmtpCommandException refused)
        {
            // A refusal before the first command is about the sending server, not about this email.
            throw new SmtpCommandException(
                SmtpErrorCode.SenderNotAccepted,
                refused.StatusCode,
                refused.Message,
                refused
            );
        }
    }

    private async Task LogInAsync(string user, string password, CancellationToken cancellationToken)
    {
        try
        {
            await AuthenticateAsync(user, password, cancellationToken);
        }
        catch (NotSupportedException unsupported)
        {
            throw new AuthenticationException("The server offers no supported log-in mechanism.", unsupported);
        }
    }

    /// <summary>Removes the recipients that need SMTPUTF8, as if the server had refused them.</summary>
    /// <exception cref="SmtpCommandException">No address in To is left.</exception>
    private static void RemoveNonAsciiRecipients(MimeMessage message)
    {
        foreach (var list in (InternetAddressList[])[message.To, message.Cc])
        {
            foreach (var mailbox in list.Mailboxes.Where(HasNonAsciiLocalPart).ToList())
            {
                list.Remove(mailbox);
                if (message.To.Count == 0)
                {
                    throw new SmtpCommandException(
                        SmtpErrorCode.RecipientNotAccepted,
                        SmtpStatusCode.MailboxNameNotAllowed,
                        mailbox,
                        "5.6.7 no SMTPUTF8"
                    );
                }
            }
        }
    }

    private static bool HasNonAsciiLocalPart(MailboxAddress mailbox) => !Ascii.IsValid(mailbox.LocalPart);

    /// <summary>Until the first byte of the email is sent, the server cannot have accepted it.</summary>
    internal sealed class TransferProgress : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;

        public void Report(long bytesTransferred) => HasBegun = true;
    }
}
