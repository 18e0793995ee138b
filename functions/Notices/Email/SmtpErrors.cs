using System.Net.Sockets;
using Dunning.Notices.Delivery;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>
/// Maps a failed SMTP transaction to an outcome, by the enhanced status code if there is one (RFC 3463, RFC 5248), else
/// by the reply code (RFC 5321 section 4.2, RFC 4954 section 6).
/// </summary>
internal static class SmtpErrors
{
    /// <summary>Login failed or missing, or TLS required.</summary>
    private static readonly int[] _settingsCodes = [454, 530, 534, 535, 538];

    /// <summary>
    /// Mailbox unavailable, not local, name not allowed: for a refused recipient without an enhanced status code.
    /// </summary>
    private static readonly int[] _deadAddressCodes = [550, 551, 553];

    /// <summary>Content refused: for a refused email without an enhanced status code.</summary>
    private static readonly int[] _contentCodes = [554];

    /// <summary>About the sender's address or domain, even in reply to a recipient.</summary>
    private static readonly string[] _senderStatus = ["1.7", "1.8"];

    /// <summary>
    /// A non-ASCII address that cannot be relayed (RFC 6531), and a mailbox that has a new owner (RFC 7293).
    /// </summary>
    private static readonly string[] _deadAddressStatus = ["6.7", "7.17"];

    /// <summary>Exchange Online: this recipient accepts certain senders only, and not this one.</summary>
    private const string RestrictedRecipient = "7.13";

    /// <summary>RFC 1870: message too large, if there is no enhanced status code.</summary>
    private const int TooLarge = 552;

    private const string MailboxFull = "2.2";
    private const string TooLargeForMailbox = "2.3";
    private const string TooLargeForServer = "3.4";

    /// <param name="transferBegan">Data of the email was sent, so the server may have accepted it.</param>
    public static SendOutcome Outcome(Exception failure, bool transferBegan) =>
        failure switch
        {
            ParseException => OutgoingEmail.InvalidAddress,
            SmtpCommandException refused => Outcome(
                refused.ErrorCode,
                SmtpReply.Read((int)refused.StatusCode, refused.Message)
            ),
            ServiceNotAuthenticatedException => ConfigurationError(
                "The mail server requires a login. Set Email__User and Email__Password."
            ),
            AuthenticationException { InnerException: SmtpCommandException refused }
                when (int)refused.StatusCode is >= 400 and < 500 => new SendOutcome.RetryLater(
                null,
                $"The mail server answered {(int)refused.StatusCode} to the login."
            ),
            AuthenticationException => ConfigurationError(
                "The mail server refused the login. Check Email__User and Email__Password."
            ),
            // A network fault during the handshake; any other handshake failure (below) is a wrong setting.
            SslHandshakeException
            {
                InnerException: OperationCanceledException or IOException { InnerException: SocketException }
            } => new SendOutcome.RetryLater(
                null,
                "The connection to the mail server failed before the email was sent."
            ),
            SslHandshakeException => ConfigurationError(
                "The TLS handshake with the mail server failed. Check Email__Tls, Email__Port and the certificate."
            ),
            NotSupportedException => ConfigurationError(
                "The mail server does not offer STARTTLS. Check Email__Tls and Email__Port."
            ),
            _ when transferBegan => new SendOutcome.Unknown(
                $"The mail server's reply was lost ({failure.GetType().Name})."
            ),
            OperationCanceledException => new SendOutcome.RetryLater(
                null,
                "Sending to the mail server was cancelled or timed out before the email was sent."
            ),
            _ => new SendOutcome.RetryLater(
                null,
                "The connection to the mail server failed before the email was sent."
            ),
        };

    /// <summary>The connection ended without a reply.</summary>
    public static bool IsLostConnection(Exception failure) =>
        failure
            is SmtpProtocolException
                or IOException
                or SocketException
                or ServiceNotConnectedException
                or SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable };

    private static SendOutcome Outcome(SmtpErrorCode refused, SmtpReply reply) =>
        reply switch
        {
            _ when _settingsCodes.Contains(reply.Code) => ConfigurationError(
                $"The mail server answered {reply}. Check Email__User, Email__Password and Email__Tls."
            ),
            { IsTemporary: true } or { Status: MailboxFull } => new SendOutcome.RetryLater(
                null,
                $"The mail server answered {reply}."
            ),
            { IsPermanent: false } => new SendOutcome.Unknown(
                $"The mail server answered {reply}, which is unexpected at this point."
            ),
            { Status: TooLargeForServer or TooLargeForMailbox } or { Code: TooLarge, Status: null } => Rejected(reply),
            _ when refused == SmtpErrorCode.RecipientNotAccepted && IsDeadAddress(reply) => Rejected(
                reply,
                addressIsDead: true
            ),
            _ when (refused is SmtpErrorCode.MessageNotAccepted or SmtpErrorCode.UnexpectedStatusCode)
                    && IsContent(reply) => Rejected(reply),
            _ => ConfigurationError(
                $"The mail server answered {reply}. Check the sender address and its permissions on the server."
            ),
        };

    /// <summary>Uses the reply code if the enhanced status code is "other or undefined" (0.x).</summary>
    private static bool IsDeadAddress(SmtpReply reply) =>
        reply.Status is { } status && !reply.IsAbout(0)
            ? _deadAddressStatus.Contains(status)
                || status.StartsWith(RestrictedRecipient, StringComparison.Ordinal)
                || ((reply.IsAbout(1) || reply.IsAbout(2) || reply.IsAbout(4)) && !_senderStatus.Contains(status))
            : _deadAddressCodes.Contains(reply.Code);

    /// <summary>Some servers check addresses and policies only after they have received the email.</summary>
    private static bool IsContent(SmtpReply reply) =>
        reply.Status is null
            ? _contentCodes.Contains(reply.Code)
            : reply.IsAbout(1) || reply.IsAbout(2) || reply.IsAbout(6) || reply.IsAbout(7);

    private static SendOutcome.Rejected Rejected(SmtpReply reply, bool addressIsDead = false) =>
        new(reply.ToString(), $"The mail server answered {reply}.", addressIsDead);

    private static SendOutcome.RetryLater ConfigurationError(string reason) =>
        new(null, reason, IsConfigurationError: true);
}
