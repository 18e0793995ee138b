using System.Net.Sockets;
using Dunning.Notices.Delivery;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Dunning.Notices.Email;

/// <summary>
/// What a failed SMTP exchange says about the mail. The enhanced status code decides where there is one (RFC 3463, RFC
/// 5248), else the reply code (RFC 5321 section 4.2, RFC 4954 section 6).
/// </summary>
internal static class SmtpErrors
{
    /// <summary>Log-in failed or is missing, TLS is demanded.</summary>
    private static readonly int[] _settingsCodes = [454, 530, 534, 535, 538];

    /// <summary>
    /// Mailbox unavailable, not local, name not allowed: what a refused recipient means without an enhanced code.
    /// </summary>
    private static readonly int[] _deadAddressCodes = [550, 551, 553];

    /// <summary>Refused for what it says: what a refused mail means without an enhanced code.</summary>
    private static readonly int[] _contentCodes = [554];

    /// <summary>The sender's address or domain, though a recipient was named.</summary>
    private static readonly string[] _senderStatus = ["1.7", "1.8"];

    /// <summary>
    /// An address beyond ASCII that cannot be passed on (RFC 6531), and a mailbox of another owner (RFC 7293).
    /// </summary>
    private static readonly string[] _deadAddressStatus = ["6.7", "7.17"];

    /// <summary>Exchange Online: only some senders may write to this recipient, and we are none of them.</summary>
    private const string RestrictedRecipient = "7.13";

    /// <summary>RFC 1870: more than fits, when nothing else is said.</summary>
    private const int TooLarge = 552;

    private const string MailboxFull = "2.2";
    private const string TooLargeForMailbox = "2.3";
    private const string TooLargeForServer = "3.4";

    /// <param name="handoverBegan">The mail itself was being sent, so the server may have it.</param>
    public static SendOutcome Outcome(Exception failure, bool handoverBegan) =>
        failure switch
        {
            ParseException => OutgoingEmail.NotAnAddress,
            SmtpCommandException refused => Outcome(
                refused.ErrorCode,
                SmtpReply.Read((int)refused.StatusCode, refused.Message)
            ),
            ServiceNotAuthenticatedException => Settings(
                "The mail server asks for a log-in: set Email__User and Email__Password."
            ),
            AuthenticationException { InnerException: SmtpCommandException refused }
                when (int)refused.StatusCode is >= 400 and < 500 => new SendOutcome.RetryLater(
                null,
                $"The mail server answered {(int)refused.StatusCode} to the log-in."
            ),
            AuthenticationException => Settings(
                "The mail server refused the log-in: check Email__User and Email__Password."
            ),
            // An exchange without a network fault that comes to no TLS is one of two that speak differently.
            SslHandshakeException
            {
                InnerException: OperationCanceledException or IOException { InnerException: SocketException }
            } => new SendOutcome.RetryLater(null, "The connection to the mail server failed before the mail was sent."),
            SslHandshakeException => Settings(
                "No TLS connection to the mail server: check Email__Tls, Email__Port and the server's certificate."
            ),
            NotSupportedException => Settings("The mail server offers no STARTTLS: check Email__Tls and Email__Port."),
            _ when handoverBegan => new SendOutcome.Unknown(
                $"The mail server's answer was lost ({failure.GetType().Name})."
            ),
            OperationCanceledException => new SendOutcome.RetryLater(
                null,
                "The exchange with the mail server was stopped or took too long."
            ),
            _ => new SendOutcome.RetryLater(null, "The connection to the mail server failed before the mail was sent."),
        };

    /// <summary>The connection ended without an answer.</summary>
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
            _ when _settingsCodes.Contains(reply.Code) => Settings(
                $"The mail server answered {reply}: check its user, password and TLS."
            ),
            { IsTemporary: true } or { Status: MailboxFull } => new SendOutcome.RetryLater(
                null,
                $"The mail server answered {reply}."
            ),
            { IsPermanent: false } => new SendOutcome.Unknown(
                $"The mail server answered {reply}, which fits nothing that was asked."
            ),
            { Status: TooLargeForServer or TooLargeForMailbox } or { Code: TooLarge, Status: null } => Rejected(reply),
            _ when refused == SmtpErrorCode.RecipientNotAccepted && IsDeadAddress(reply) => Rejected(
                reply,
                addressIsDead: true
            ),
            _ when (refused is SmtpErrorCode.MessageNotAccepted or SmtpErrorCode.UnexpectedStatusCode)
                    && IsContent(reply) => Rejected(reply),
            _ => Settings($"The mail server answered {reply}: check the sender and what the server allows it."),
        };

    /// <summary>An "other or undefined status" (0.x) says no more than the reply code.</summary>
    private static bool IsDeadAddress(SmtpReply reply) =>
        reply.Status is { } status && !reply.IsAbout(0)
            ? _deadAddressStatus.Contains(status)
                || status.StartsWith(RestrictedRecipient, StringComparison.Ordinal)
                || ((reply.IsAbout(1) || reply.IsAbout(2) || reply.IsAbout(4)) && !_senderStatus.Contains(status))
            : _deadAddressCodes.Contains(reply.Code);

    /// <summary>A server may learn of an address that is dead, or of a policy, only when it has the mail.</summary>
    private static bool IsContent(SmtpReply reply) =>
        reply.Status is null
            ? _contentCodes.Contains(reply.Code)
            : reply.IsAbout(1) || reply.IsAbout(2) || reply.IsAbout(6) || reply.IsAbout(7);

    private static SendOutcome.Rejected Rejected(SmtpReply reply, bool addressIsDead = false) =>
        new(reply.ToString(), $"The mail server answered {reply}.", addressIsDead);

    private static SendOutcome.RetryLater Settings(string reason) => new(null, reason, IsConfigurationError: true);
}
