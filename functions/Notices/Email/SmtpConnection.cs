using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>One connection to a mail server, which carries one mail after the other.</summary>
internal sealed class SmtpConnection : SmtpClient
{
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
            await connection.ConnectAsync(server.Host, server.Port, Security(server.Tls), cancellationToken);
            if (server.User is { } user)
                await connection.AuthenticateAsync(user, server.Password ?? "", cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <param name="handover">Learns whether the mail itself was being sent, after which the server may have it.</param>
    public async Task SendAsync(MimeMessage message, Handover handover, CancellationToken cancellationToken)
    {
        _refused.Clear();
        var options = FormatOptions.Default.Clone();
        options.International = NeedsSmtpUtf8(message);
        await SendAsync(options, message, cancellationToken, handover);
    }

    /// <summary>A domain beyond ASCII has a form in ASCII; what stands before the @ has none (RFC 6531).</summary>
    private bool NeedsSmtpUtf8(MimeMessage message)
    {
        var beyondAscii = message.GetRecipients().FirstOrDefault(mailbox => !Ascii.IsValid(mailbox.LocalPart));
        if (beyondAscii is not null && !Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            // As a server that knows such addresses, and may not take this one, would answer.
            throw new SmtpCommandException(
                SmtpErrorCode.RecipientNotAccepted, SmtpStatusCode.MailboxNameNotAllowed, beyondAscii, "5.6.7 no SMTPUTF8");
        }
        return beyondAscii is not null;
    }

    public async Task CloseAsync()
    {
        try
        {
            await DisconnectAsync(quit: true);
        }
        catch (Exception failure) when (failure is IOException or ProtocolException or CommandException)
        {
            // The server was first.
        }
        Dispose();
    }

    /// <summary>
    /// A refused copy does not keep the mail from its addressee. With no addressee left the exchange ends here, before anybody in
    /// copy gets it: a second attempt would bring them a second one.
    /// </summary>
    protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
    {
        _refused.Add(mailbox.Address);
        if (message.To.Mailboxes.All(to => _refused.Contains(to.Address, StringComparer.OrdinalIgnoreCase)))
            base.OnRecipientNotAccepted(message, mailbox, response);
    }

    private static SecureSocketOptions Security(SmtpTls tls) => tls switch
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
