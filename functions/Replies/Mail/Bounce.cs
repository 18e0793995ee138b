using System.Text;
using System.Text.RegularExpressions;
using Dunning.Notices.Email;
using Dunning.Notices.Letters;
using Dunning.Receivables;
using MimeKit;

namespace Dunning.Replies.Mail;

/// <summary>
/// A server's message that an email of ours could not be delivered: a report of RFC 3464, or a message of a mail system
/// that names our email.
/// </summary>
/// <param name="OperationId">Of the email; see <see cref="Notice.OperationId"/>.</param>
/// <param name="Recipient">Null when the message does not say who it was for.</param>
internal sealed partial record Bounce(Guid OperationId, string? Recipient, DeliveryStatus Status, string Reason)
{
    private const int MaxReason = 300;

    /// <summary>Our Message-ID stands in what is returned, which may be a part of its own or plain text.</summary>
    private const int MaxSearched = 1024 * 1024;

    private static readonly string[] _mailSystems = ["mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon"];

    /// <returns>Null for anything else, and for a message that the server still tries to deliver.</returns>
    public static Bounce? Read(MimeMessage message, IReadOnlyList<MimeEntity> parts, byte[] raw, string text)
    {
        var report = parts.OfType<MessageDeliveryStatus>().FirstOrDefault();
        if (report is null && !IsFromMailSystem(message) || OurId(message, raw) is not { } operationId)
            return null;
        var group = report?.StatusGroups.Skip(1).FirstOrDefault() ?? report?.StatusGroups.FirstOrDefault();
        var action = group?["Action"]?.Trim();
        if (action is not null && !action.Equals("failed", StringComparison.OrdinalIgnoreCase))
            return null;
        var diagnosis = UntrustedText.Clean(group?["Diagnostic-Code"] ?? text);
        var status = group?["Status"]?.Trim() ?? StatusCode().Match(diagnosis).Value;
        // A person may write from the mailbox of a postmaster.
        var isBounce = report is not null || status.Length > 0 || NoSuchMailbox().IsMatch(diagnosis);
        // A server that gave up after days reports a failure with the status of the last attempt: 4.4.7.
        return !isBounce || (action is null && status.StartsWith('4'))
            ? null
            : new Bounce(
                operationId,
                RecipientOf(group) ?? message.Headers["X-Failed-Recipients"]?.Trim(),
                IsDead(status, diagnosis) ? DeliveryStatus.Dead : DeliveryStatus.Failed,
                CutText.To(diagnosis, MaxReason)
            );
    }

    private static bool IsFromMailSystem(MimeMessage message) =>
        message.Headers["X-Failed-Recipients"] is not null
        || message.From.Mailboxes.FirstOrDefault()?.Address.Split('@')[0] is { } name
            && _mailSystems.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static Guid? OurId(MimeMessage message, byte[] raw) =>
        message
            .References.Append(message.InReplyTo ?? "")
            .Concat(
                MessageIds()
                    .Matches(Encoding.Latin1.GetString(raw, 0, Math.Min(raw.Length, MaxSearched)))
                    .Select(match => match.Value)
            )
            .Select(EmailHeaders.OperationOf)
            .FirstOrDefault(id => id is not null);

    /// <summary>"rfc822; tom@buyer.example": the address as we wrote it, else as the server knows it.</summary>
    private static string? RecipientOf(HeaderList? group) =>
        (group?["Original-Recipient"] ?? group?["Final-Recipient"])?.Split(';') is [.., var address]
            ? address.Trim(' ', '<', '>')
            : null;

    /// <summary>By the enhanced status code (RFC 3463), else by what servers write.</summary>
    private static bool IsDead(string status, string diagnosis) =>
        status.Length > 0
            ? status is "5.2.1" or "5.4.4" or "5.4.310"
                || status.StartsWith("5.1.", StringComparison.Ordinal) && status is not ("5.1.7" or "5.1.8")
            : NoSuchMailbox().IsMatch(diagnosis);

    [GeneratedRegex(@"\b[45]\.[0-9]{1,3}\.[0-9]{1,3}\b")]
    private static partial Regex StatusCode();

    [GeneratedRegex("notice\\.[0-9a-f]{32}@[A-Za-z0-9.-]{1,253}")]
    private static partial Regex MessageIds();

    [GeneratedRegex(
        "user unknown|unknown user|no such user|does not exist|doesn.t exist|unknown recipient|no mailbox here|"
            + "mailbox (is )?(unavailable|disabled)|address not found|invalid recipient|account .{0,20}disabled",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex NoSuchMailbox();
}
