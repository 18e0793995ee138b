using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>One connection to a mail server, which carries one mail after the other.</summary>
internal sealed class SmtpConnection : SmtpClient
{
    private static readonly TimeSpan _goodbye = TimeSpan.FromSeconds(5);

    private readonly List<string> _refused = [];

    private SmtpConnection(SmtpOptions server)
    {
        Timeout = (int)server.Timeout.TotalMilliseconds;
        // A certificate authority whose revocation list is out of reach must not stop all mail.
        CheckCertificateRevocation = false;
        ServerCertificateValidationCallback = server.CertificateValidation;
    }

    /// <param name="smtpUtf8">For a mail to an address beyond ASCII (RFC 6531), which the next server must know,
    /// too.</param>
    public static async Task<SmtpConnection> OpenAsync(
        SmtpOptions server,
        bool smtpUtf8,
        CancellationToken cancellationToken
    )
    {
        var connection = new SmtpConnection(server);
        try
        {
            await connection.ConnectAsync(server, cancellationToken);
            if (server.User is { Length: > 0 } user)
                await connection.LogInAsync(user, server.Password ?? "", cancellationToken);
            // MailKit would ask for it whenever the domain of an address, which has an ASCII form, is not ASCII.
            if (!smtpUtf8)
                connection.Capabilities &= ~SmtpCapabilities.UTF8;
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A domain beyond ASCII has a form in ASCII; what stands before the @ has none (RFC 6531).</summary>
    public static bool NeedsSmtpUtf8(MimeMessage message) => message.GetRecipients().Any(IsBeyondAscii);

    /// <param name="handover">Learns whether the mail itself was being sent, after which the server may have
    /// it.</param>
    public async Task SendAsync(MimeMessage message, Handover handover, CancellationToken cancellationToken)
    {
        _refused.Clear();
        var options = FormatOptions.Default.Clone();
        if (NeedsSmtpUtf8(message))
        {
            if (Capabilities.HasFlag(SmtpCapabilities.UTF8))
                options.International = true;
            else
                RemoveBeyondAscii(message);
        }
        await SendAsync(options, message, cancellationToken, handover);
    }

    /// <summary>Never throws: nothing is at stake once the last mail is sent.</summary>
    public async Task CloseAsync()
    {
        using var timeout = new CancellationTokenSource(_goodbye);
        try
        {
            await DisconnectAsync(quit: true, timeout.Token);
        }
        catch (Exception)
        {
            // The server was first, or does not answer.
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
            // A server that refuses at the door refuses us, not this mail.
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
            throw new AuthenticationException("The server offers no log-in that is known here.", noMechanism);
        }
    }

    /// <summary>As a server that knows such addresses, and does not take these, would have it.</summary>
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
    internal sealed class Handover : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;

        public void Report(long bytesTransferred) => HasBegun = true;
    }
}
