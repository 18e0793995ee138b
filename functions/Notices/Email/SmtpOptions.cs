using System.Net.Security;

namespace Dunning.Notices.Email;

/// <summary>How the connection to a mail server is protected: setting <c>Email__Tls</c>.</summary>
public enum SmtpTls
{
    /// <summary>No TLS: only for a server on the same machine or network.</summary>
    None,

    /// <summary>STARTTLS is required, usually on port 587 (RFC 3207).</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually on port 465 (RFC 8314).</summary>
    Implicit,
}

/// <summary>The mail server that emails are submitted to.</summary>
/// <param name="User">Null for a server without login.</param>
/// <param name="Timeout">For one email in total: connecting, login and sending.</param>
internal sealed record SmtpOptions(string Host, int Port, SmtpTls Tls, string? User, string? Password, TimeSpan Timeout)
{
    /// <summary>
    /// Validates the server's certificate; null outside tests: the operating system validates it.
    /// </summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
