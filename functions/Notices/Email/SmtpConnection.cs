using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>One connection to a mail server, which carries one mail after the other.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private static readonly TimeSpan _quitTimeout = TimeSpan.FromSeconds(5);

    private readonly List<string> _refused = [];

    private SmtpConnection(SmtpOptions server)
    {
        Timeout = (int)server.Timeout.TotalMilliseconds;
        // A certificate authority whose revocation list is out of reach must not stop all mail.
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
    /// The domain of an address has an ASCII form; what stands before the @ has none, and needs SMTPUTF8 (RFC 6531)
    /// from this server and the next ones. Such a mail needs a new connection: <see cref="SendAsync"/> forgets what it
    /// offers.
    /// </summary>
    public static bool NeedsSmtpUtf8(MimeMessage message) => message.GetRecipients().Any(IsBeyondAscii);

    /// <param name="handover">
    /// Records whether the mail itself was being sent, after which the server may have accepted it.
    /// </param>
    public async Task SendAsync(MimeMessage message, TransferProgress handover, CancellationToken cancellationToken)
    {
        _refused.Clear();
        var options = FormatOptions.Default.Clone();
        if (!NeedsSmtpUtf8(message))
            // MailKit would ask for SMTPUTF8 for a domain beyond ASCII, too.
            Capabilities &= ~SmtpCapabilities.UTF8;
        else if (Capabilities.HasFlag(SmtpCapabilities.UTF8))
            options.International = true;
        else
            RemoveBeyondAscii(message);
        await SendAsync(options, message, cancellationToken, handover);
    }

    /// <summary>Never throws: nothing is at stake once the last mail is sent.</summary>
    public async Task CloseAsync()
    {
        using var timeout = new CancellationTokenSource(_quitTimeout);
        try
        {
            await DisconnectAsync(quit: true, timeout.Token);
        }
        catch (Exception)
        {
            // The server has closed the connection already, or does not answer.
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>
    /// A refused copy does not keep the mail from its addressee. With no addressee left the exchange ends here, before
    /// anybody in copy gets it: a second attempt would bring them a second one.
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
            await ConnectAsync(server.Host, server.Port, Security(server.Tls), cancellationToken);
        }
        catch (SmtpCommandException refused)
        {
            // A refusal before the first command is about us, not about this mail.
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
        catch (NotSupportedException noMechanism)
        {
            throw new AuthenticationException("The server offers no supported log-in mechanism.", noMechanism);
        }
    }

    /// <summary>Treats them as a server with SMTPUTF8 treats addresses that it does not accept.</summary>
    /// <exception cref="SmtpCommandException">No addressee is left.</exception>
    private static void RemoveBeyondAscii(MimeMessage message)
    {
        foreach (var list in (InternetAddressList[])[message.To, message.Cc])
        {
            foreach (var mailbox in list.Mailboxes.Where(IsBeyondAscii).ToList())
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

    private static bool IsBeyondAscii(MailboxAddress mailbox) => !Ascii.IsValid(mailbox.LocalPart);

    private static SecureSocketOptions Security(SmtpTls tls) =>
        tls switch
        {
            SmtpTls.None => SecureSocketOptions.None,
            SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.StartTls,
        };

    /// <summary>Until the first byte of the mail is sent, no server can have accepted it.</summary>
    internal sealed class TransferProgress : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;

        public void Report(long bytesTransferred) => HasBegun = true;
    }
}
