using System.Globalization;
using System.Text;

namespace Dunning.Receivables.Storage;

/// <summary>
/// Row keys of the one table. A partition is a shard of customers, so all of a customer's rows can change in one
/// transaction; within it the prefix keeps like rows together: <c>l_</c> live, <c>u_</c>/<c>a_</c> agenda (upcoming /
/// after the due date), <c>o_</c> outbox index,
/// <c>p_</c> ledger, <c>e_</c> events, <c>h_</c> what was handed to a provider, <c>r_</c> what customers wrote
/// back, <c>d_</c> decisions of people, <c>z_</c> closed,
/// <c>q_</c>/<c>y_</c> what is closed by the hour of closing (with its texts / without them), <c>f_</c> customers whose
/// erasure is under way.
/// </summary>
internal static class Keys
{
    public const string OpenPrefix = "l_";

    public static string Customer(string customerId) => $"l_{customerId}";

    public static string Invoice(InvoiceId id) => $"l_{id.Customer}_i_{id.Invoice}";

    public static string Notice(string customerId, string noticeId) => $"l_{customerId}_o_{noticeId}";

    public static string SentMessage(string customerId, string noticeId) => $"h_{customerId}_{noticeId}";

    public static string Reply(string customerId, string messageSid) =>
        $"{ReplyPrefix}{customerId}_{Escape(messageSid)}";

    public static string Closed(InvoiceId id) => $"z_{id.Customer}_i_{id.Invoice}";

    public static string ClosedOf(string customerId) => $"z_{customerId}_i_";

    public static string Ledger(LedgerEntry entry, string customerId) =>
        $"{Ledger(new InvoiceId(customerId, entry.InvoiceId))}{Escape(entry.Provider)}"
        + $"_{entry.Kind.ToString().ToLowerInvariant()}_{Escape(entry.ObjectId)}";

    public static string Ledger(InvoiceId id) => $"p_{id.Customer}_{id.Invoice}_";

    public static string Events(InvoiceId id) => $"e_{id.Customer}_{id.Invoice}_";

    public static string Decision(string customerId, string about) => $"{DecisionsOf(customerId)}{Escape(about)}";

    private static string DecisionsOf(string customerId) => $"d_{customerId}_";

    /// <summary>Where lies what was written to the customer and by them, and what people noted about it.</summary>
    public static IReadOnlyList<string> PersonalMessagesOf(string customerId) =>
        [DecisionsOf(customerId), SentMessage(customerId, ""), Reply(customerId, "")];

    public static string ErasureRequest(string customerId) => ErasureRequestPrefix + customerId;

    public const string ErasureRequestPrefix = "f_";

    /// <summary>
    /// Ordered by the UTC hour in which the invoice was closed: finds what has been kept for long enough without
    /// reading what has not.
    /// </summary>
    /// <param name="erased">
    /// False while the invoice has its texts; true when only amounts, dates and numbers are left.
    /// </param>
    public static string Retention(bool erased, DateTimeOffset closed, InvoiceId id) =>
        $"{RetentionPrefix(erased)}{Hour(closed)}_{id.Customer}_{id.Invoice}";

    public static string RetentionPrefix(bool erased) => erased ? "y_" : "q_";

    /// <summary>The first key after what was closed before <paramref name="before"/>'s hour.</summary>
    public static string RetentionEnd(bool erased, DateTimeOffset before) => RetentionPrefix(erased) + Hour(before);

    /// <summary>
    /// Ordered by the UTC hour in which the step falls due; <paramref name="upcoming"/> is before the due date.
    /// </summary>
    public static string Agenda(bool upcoming, DateTimeOffset at, InvoiceId id) =>
        $"{AgendaPrefix(upcoming)}{Hour(at)}_{id.Customer}_{id.Invoice}";

    public static string AgendaPrefix(bool upcoming) => upcoming ? "u_" : "a_";

    /// <summary>
    /// Index of the outbox by the UTC hour of <see cref="Notice.NotBefore"/>: finds what stalled without reading what
    /// is well.
    /// </summary>
    public static string Outbox(Notice notice) =>
        $"{OutboxPrefix}{Hour(notice.NotBefore)}_{notice.CustomerId}_{notice.Id}";

    private const string HourFormat = "yyyyMMddHH";
    public const string OutboxPrefix = "o_";
    public const string ReplyPrefix = "r_";

    public static string OutboxEnd(DateTimeOffset now) => OutboxPrefix + Hour(now.AddHours(1));

    /// <summary>The first key after every agenda row of <paramref name="now"/>'s hour.</summary>
    public static string AgendaEnd(bool upcoming, DateTimeOffset now) => AgendaPrefix(upcoming) + Hour(now.AddHours(1));

    /// <summary>Whose index row it is, and what it names: an invoice or a notice.</summary>
    public static (string CustomerId, string Names) FromIndex(string rowKey)
    {
        var parts = rowKey.Split('_', 4);
        return (parts[2], parts[3]);
    }

    /// <summary>The exclusive end of the range of keys that start with <paramref name="prefix"/>.</summary>
    public static string EndOf(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>
    /// Azure forbids / \ # ? and control characters in keys, and 1,024 characters are the most; the separator and the
    /// escape sign are ours.
    /// </summary>
    public static string Escape(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > 200)
            return Ids.Hash('h', text);
        var escaped = new StringBuilder(text.Length);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)':' or (byte)'@')
                escaped.Append((char)b);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"~{b:x2}");
        }
        return escaped.ToString();
    }

    /// <summary>The hour in which the step of an agenda row falls due; null for any other row.</summary>
    public static DateTimeOffset? HourOfAgenda(string rowKey) =>
        (rowKey.StartsWith("u_", StringComparison.Ordinal) || rowKey.StartsWith("a_", StringComparison.Ordinal))
        && DateTimeOffset.TryParseExact(
            rowKey.Split('_')[1],
            HourFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var hour
        )
            ? hour
            : null;

    private static string Hour(DateTimeOffset at) => at.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);
}
