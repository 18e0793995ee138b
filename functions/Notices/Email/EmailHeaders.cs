using System.Security.Cryptography;
using System.Text;

namespace Dunning.Notices.Email;

/// <summary>The headers that keep one customer's mails in one thread and robots from answering them.</summary>
internal static class EmailHeaders
{
    /// <summary>
    /// The same for every attempt at one notice, so that a mail server can see a duplicate (RFC 5322 section 3.6.4).
    /// </summary>
    public static string MessageId(string noticeId, string domain) => Id("notice", noticeId, domain);

    /// <summary>Stands for a first mail that was never sent; all of a customer's mails answer it.</summary>
    public static string ThreadRoot(string customerId, string domain) => Id("customer", customerId, domain);

    /// <param name="language">BCP 47 tag the mail is written in.</param>
    /// <param name="domain">Of the sending address.</param>
    public static IReadOnlyDictionary<string, string> Headers(
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
            // RFC 3834: written by a machine, not an answer to a mail.
            ["Auto-Submitted"] = "auto-generated",
            // Exchange heeds it; not "All", which would suppress non-delivery reports too.
            ["X-Auto-Response-Suppress"] = "OOF, AutoReply",
        };

    /// <summary>
    /// Hashed: ids may hold characters a header cannot, and customers' ids are nobody else's business.
    /// </summary>
    private static string Id(string kind, string id, string domain)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{id}"));
        return $"<{kind}.{Convert.ToHexStringLower(hash.AsSpan(0, 16))}@{domain}>";
    }
}
