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
