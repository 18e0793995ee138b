using System.Security.Cryptography;
using System.Text;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>Headers that keep a customer's emails in one thread and suppress automatic replies.</summary>
internal static class EmailHeaders
{
    private const string Notice = "notice.";

    /// <summary>
    /// The same for every attempt at one notice, so that a mail server can detect a duplicate (RFC 5322 section 3.6.4).
    /// A reply names it: see <see cref="OperationOf"/>.
    /// </summary>
    public static string MessageId(Guid operationId, string domain) => $"<{Notice}{operationId:N}@{domain}>";

    /// <summary>The operation id in a Message-ID of ours, with or without angle brackets; null in any other.</summary>
    public static Guid? OperationOf(string messageId) =>
        messageId.Trim('<', '>', ' ').Split('@') is [var name, _]
        && name.StartsWith(Notice, StringComparison.Ordinal)
        && Guid.TryParseExact(name[Notice.Length..], "N", out var operationId)
            ? operationId
            : null;

    /// <summary>
    /// Id of an imaginary first email; all emails to the customer are replies to it. Hashed, because ids may contain
    /// characters that a header cannot, and customer ids should not be disclosed.
    /// </summary>
    public static string ThreadRoot(string customerId, string domain)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"customer\n{customerId}"));
        return $"<customer.{Convert.ToHexStringLower(hash.AsSpan(0, 16))}@{domain}>";
    }

    /// <param name="domain">Domain of the sender address: the Message-ID is aligned with it.</param>
    public static IReadOnlyDictionary<string, string> Create(EmailIdentity identity, EmailText text, string domain)
    {
        var (operationId, customerId) = (identity.OperationId, identity.Thread);
        var headers = new Dictionary<string, string>
        {
            ["Message-ID"] = MessageId(operationId, domain),
            ["In-Reply-To"] = ThreadRoot(customerId, domain),
            ["References"] = ThreadRoot(customerId, domain),
            ["Content-Language"] = text.Language,
            ["Feedback-ID"] = FeedbackId(text, domain),
            // RFC 3834: sent by a machine, not in reply to an email.
            ["Auto-Submitted"] = "auto-generated",
            // Read by Exchange. Not "All": that would suppress non-delivery reports, too.
            ["X-Auto-Response-Suppress"] = "OOF, AutoReply",
        };
        // One click must never silence a reminder or a legal notice: only what may be switched off has the header.
        if (text.UnsubscribeAddress is { } address)
        {
            headers["List-Unsubscribe"] = $"<{address}>";
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }
        return headers;
    }

    /// <summary>
    /// For Google's feedback loop (support.google.com/a/answer/6254652): complaints are counted by the kind of message.
    /// The last part names the sender, is the same in all its messages, and has 5 to 15 characters.
    /// </summary>
    private static string FeedbackId(EmailText text, string domain) =>
        $"{(text.Kind is { } kind ? kind.ToString().ToLowerInvariant() : "other")}:dunning:"
        + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(domain)).AsSpan(0, 5));

    /// <summary>Of an answer, which a person wrote: it joins the customer's own thread.</summary>
    /// <param name="answered">The customer's email; null when the message came in another way.</param>
    public static IReadOnlyDictionary<string, string> CreateAnswer(
        Guid operationId,
        ReceivedMail? answered,
        string language,
        string domain
    )
    {
        var headers = new Dictionary<string, string>
        {
            ["Message-ID"] = MessageId(operationId, domain),
            ["Content-Language"] = language,
        };
        if (answered?.MessageId is { } id)
        {
            headers["In-Reply-To"] = $"<{id}>";
            headers["References"] = string.Join(' ', answered.References.Append(id).Select(one => $"<{one}>"));
        }
        return headers;
    }
}
