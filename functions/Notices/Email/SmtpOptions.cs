using System.Net.Security;

namespace Dunning.Notices.Email;

/// <summary>How the connection to a mail server is protected: setting <c>Email__Tls</c>.</summary>
public enum SmtpTls
{
    /// <summary>Not at all: only for a server on the same machine or network.</summary>
    None,

    /// <summary>STARTTLS is demanded, usually on port 587 (RFC 3207).</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually on port 465 (RFC 8314).</summary>
    Implicit,
}

/// <summary>The mail server that mail is handed over to.</summary>
/// <param name="User">Null for a server that asks for no log-in.</param>
/// <param name="Timeout">For one whole exchange: connection, log-in and mail.</param>
internal sealed record SmtpOptions(string Host, int Port, SmtpTls Tls, string? User, string? Password, TimeSpan Timeout)
{
    /// <summary>
    /// Judges the server's certificate; null = the operating system does, as it should outside tests.
    /// </summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
