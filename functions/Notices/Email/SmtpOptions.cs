using System.Net.Security;

namespace Dunning.Notices.Email;

/// <summary>The mail server that emails are submitted to.</summary>
/// <param name="User">Null for a server without login.</param>
/// <param name="Timeout">For one email in total: connecting, login and sending.</param>
internal sealed record SmtpOptions(string Host, int Port, MailTls Tls, string? User, string? Password, TimeSpan Timeout)
{
    /// <summary>
    /// Validates the server's certificate; null outside tests: the operating system validates it.
    /// </summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
