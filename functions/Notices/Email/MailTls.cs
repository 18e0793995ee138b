using MailKit.Security;

namespace Dunning.Notices.Email;

/// <summary>
/// How the connection to a mail server is protected: settings <c>Email__Tls</c> and <c>Inbox__Tls</c>.
/// </summary>
public enum MailTls
{
    /// <summary>No TLS: only for a server on the same machine or network.</summary>
    None,

    /// <summary>STARTTLS is required, usually on port 587 (RFC 3207), of an inbox 143.</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually on port 465, of an inbox 993 (RFC 8314).</summary>
    Implicit,
}

internal static class MailTlsOptions
{
    public static SecureSocketOptions ToSocketOptions(this MailTls tls) =>
        tls switch
        {
            MailTls.None => SecureSocketOptions.None,
            MailTls.Implicit => SecureSocketOptions.SslOnConnect,
            _ => SecureSocketOptions.StartTls,
        };
}
