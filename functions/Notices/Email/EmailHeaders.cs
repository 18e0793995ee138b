using System.Security.Cryptography;
using System.Text;

namespace Dunning.Notices.Email;

/// <summary>Headers that keep a customer's emails in one thread and suppress automatic replies.</summary>
internal static class EmailHeaders
{
    /// <summary>
    /// The same for every attempt at one notice, so that a mail server can detect a duplicate (RFC 5322 section 3.6.4).
    /// </summary>
    public static string MessageId(string noticeId, string domain) => Id("notice", noticeId, domain);

    /// <summary>Id of an imaginary first email; all emails to the customer are replies to it.</summary>
    public static string ThreadRoot(string customerId, string domain) => Id("customer", customerId, domain);

    /// <param name="language">BCP 47 tag of the email's text.</param>
    /// <param name="domain">Domain of the sender address.</param>
    public static IReadOnlyDictionary<string, string> Create(
        string noticeId,
        string customerId,
        string language,
        string domain
    ) =>
        new Dictionary<string, string>
        {
            ["Message-ID"] = MessageId(noticeId, domain),
            ["In-Reply-To"] = ThreadRoot(customerId, domain),
            ["References"] = ThreadRoot(customerId, domain),
            ["Content-Language"] = language,
            // RFC 3834: sent by a machine, not in reply to an email.
            ["Auto-Submitted"] = "auto-generated",
            // Read by Exchange. Not "All": that would suppress non-delivery reports, too.
            ["X-Auto-Response-Suppress"] = "OOF, AutoReply",
        };

    /// <summary>
    /// Hashed, because ids may contain characters that a header cannot, and customer ids should not be disclosed.
    /// </summary>
    private static string Id(string kind, string id, string domain)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{id}"));
        return $"<{kind}.{Convert.ToHexStringLower(hash.AsSpan(0, 16))}@{domain}>";
    }
}
