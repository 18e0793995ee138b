using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>
/// Row keys of the table <c>dunning</c>. A partition is a shard of customers, so all rows of a customer can change in
/// one transaction. Prefixes: <c>l_</c> open rows, <c>u_</c>/<c>a_</c> agenda (before / after the due date), <c>o_</c>
/// index of the outbox, <c>p_</c> ledger entries, <c>e_</c> events, <c>h_</c> sent messages, <c>r_</c> replies,
/// <c>d_</c> operator decisions, <c>z_</c> closed invoices, <c>q_</c>/<c>y_</c> index of closed invoices by the hour of
/// closing (with / without personal data), <c>f_</c> erasures in progress, <c>g_</c> index of customers that are being
/// merged into another, <c>w_</c> index of what waits for a person, <c>c_</c> last links of the chains of events.
/// </summary>
internal static class Keys
{
    /// <summary>The partition of the rows that belong to no customer.</summary>
    public const string ConfigPartition = "config";

    /// <summary>
    /// In the partition <c>config</c>: the keys that encrypt the cookies of the dashboard. They never leave storage.
    /// </summary>
    public const string KeyRingPrefix = "data-protection_";
    public const string OpenPrefix = "l_";

    public static string Customer(CustomerId customerId) => $"l_{customerId}";

    /// <summary>The id in the key of a customer's row; null for any other row.</summary>
    public static CustomerId? CustomerOf(string rowKey) =>
        rowKey.Split('_') is ["l", var id] ? new CustomerId(id) : null;

    public static string Invoice(InvoiceId id) => $"l_{id.Customer}_i_{id.Invoice}";

    public static string Notice(CustomerId customerId, NoticeId noticeId) => $"l_{customerId}_o_{noticeId}";

    public static string SentMessage(CustomerId customerId, NoticeId noticeId) =>
        SentMessagesOf(customerId) + noticeId.Value;

    public static string SentMessagesOf(CustomerId customerId) => $"h_{customerId}_";

    public static string Reply(CustomerId customerId, string replyId) => $"{ReplyPrefix}{customerId}_{Escape(replyId)}";

    public const string ClosedPrefix = "z_";

    public static string Closed(InvoiceId id) => $"z_{id.Customer}_i_{id.Invoice}";

    public static string ClosedOf(CustomerId customerId) => $"z_{customerId}_i_";

    public static string Ledger(LedgerEntry entry, CustomerId customerId) =>
        $"{Ledger(new InvoiceId(customerId, entry.InvoiceId))}{Escape(entry.Provider)}"
        + $"_{entry.Kind.ToString().ToLowerInvariant()}_{Escape(entry.ObjectId)}";

    public static string Ledger(InvoiceId id) => $"{LedgerOf(id.Customer)}{id.Invoice}_";

    public static string LedgerOf(CustomerId customerId) => $"p_{customerId}_";

    public static string Events(InvoiceId id) => $"{EventsOf(id.Customer)}{id.Invoice}_";

    public static string EventsOf(CustomerId customerId) => $"e_{customerId}_";

    public static string ChainHead(InvoiceId id) => $"{ChainHeadsOf(id.Customer)}{id.Invoice}";

    public static string ChainHeadsOf(CustomerId customerId) => $"c_{customerId}_";

    /// <summary>The key of the last link of the chain to which an event belongs; null for any other row.</summary>
    public static string? ChainHeadOfEvent(string rowKey) =>
        rowKey.Split('_') is ["e", var customer, var invoice, _] ? $"c_{customer}_{invoice}" : null;

    public static string Decision(CustomerId customerId, string subject) =>
        $"{DecisionsOf(customerId)}{Escape(subject)}";

    public static string DecisionsOf(CustomerId customerId) => $"d_{customerId}_";

    /// <summary>Key prefixes of the operator decisions, sent messages and replies of a customer.</summary>
    public static IReadOnlyList<string> PersonalMessagesOf(CustomerId customerId) =>
        [DecisionsOf(customerId), SentMessagesOf(customerId), Reply(customerId, "")];

    public static string ErasureRequest(CustomerId customerId) => ErasureRequestPrefix + customerId;

    public const string ErasureRequestPrefix = "f_";

    /// <summary>The key of a row after it has moved from one customer to another.</summary>
    public static string Moved(string key, CustomerId formerCustomerId, CustomerId customerId) =>
        key.Replace($"_{formerCustomerId}_", $"_{customerId}_", StringComparison.Ordinal);

    public static string Merge(CustomerId customerId) => MergePrefix + customerId;

    public const string MergePrefix = "g_";

    /// <summary>
    /// Ordered by the UTC hour in which the invoice was closed, so that a query reads only the invoices whose retention
    /// period has ended.
    /// </summary>
    /// <param name="erased">
    /// False while the invoice has its personal data; true when only amounts, dates and numbers are left.
    /// </param>
    public static string Retention(bool erased, DateTimeOffset closed, InvoiceId id) =>
        $"{RetentionPrefix(erased)}{Hour(closed)}_{id.Customer}_{id.Invoice}";

    public static string RetentionPrefix(bool erased) => erased ? "y_" : "q_";

    /// <summary>The first key after all invoices closed before the hour of <paramref name="before"/>.</summary>
    public static string RetentionEnd(bool erased, DateTimeOffset before) => RetentionPrefix(erased) + Hour(before);

    /// <summary>
    /// Ordered by the UTC hour in which the step falls due.
    /// </summary>
    /// <param name="upcoming">True for a step before the due date.</param>
    public static string Agenda(bool upcoming, DateTimeOffset at, InvoiceId id) =>
        $"{AgendaPrefix(upcoming)}{Hour(at)}_{id.Customer}_{id.Invoice}";

    public static string AgendaPrefix(bool upcoming) => upcoming ? "u_" : "a_";

    /// <summary>
    /// Index of the outbox by the UTC hour of <see cref="Notice.NotBefore"/>, so that a query for stalled notices does
    /// not read those planned for later.
    /// </summary>
    public static string Outbox(Notice notice) =>
        $"{OutboxPrefix}{Hour(notice.NotBefore)}_{notice.CustomerId}_{notice.Id}";

    /// <summary>
    /// Ordered by kind, then by the UTC hour in which it is due, so that one range read gives all that waits for a
    /// person. Derived from the invoice, notice, note or reply.
    /// </summary>
    public static string FollowUp(FollowUpKind kind, DateTimeOffset due, CustomerId customerId, string target) =>
        $"{FollowUpPrefix}{(int)kind:D4}{Hour(due)}_{customerId}_{target}";

    public static string FollowUp(OpenFollowUp followUp, InvoiceId id) =>
        FollowUp(followUp.Kind, followUp.Due, id.Customer, $"{id.Invoice}_{followUp.Id}");

    /// <summary>Null when nobody has to do anything about it.</summary>
    public static string? FollowUp(Notice notice) =>
        notice.FollowUpKind is { } kind
            ? FollowUp(
                kind,
                kind is FollowUpKind.InDoubt ? notice.ClaimedAt ?? notice.PlannedAt : notice.NotBefore,
                notice.CustomerId,
                $"{FollowUpNotice}_{notice.Id}"
            )
            : null;

    public static string FollowUp(CustomerNote note, CustomerId customerId) =>
        FollowUp(
            FollowUpKind.Note,
            new DateTimeOffset(note.FollowUpOn!.Value, TimeOnly.MinValue, TimeSpan.Zero),
            customerId,
            $"{FollowUpNote}_{note.Id}"
        );

    /// <summary>Null when nobody has to answer.</summary>
    public static string? FollowUp(Reply reply) =>
        reply.IsOpen
            ? FollowUp(
                reply.Meaning is ReplyMeaning.AsksForPlan ? FollowUpKind.PlanRequested : FollowUpKind.Reply,
                reply.Due ?? reply.At,
                reply.CustomerId ?? Receivables.Reply.UnknownSender,
                $"{FollowUpReply}_{Escape(reply.Id)}"
            )
            : null;

    public const string FollowUpPrefix = "w_";
    public const string FollowUpNotice = "notice";
    public const string FollowUpNote = "note";
    public const string FollowUpReply = "reply";

    private const string HourFormat = "yyyyMMddHH";
    public const string OutboxPrefix = "o_";
    public const string ReplyPrefix = "r_";

    public static string OutboxEnd(DateTimeOffset now) => OutboxPrefix + Hour(now.AddHours(1));

    /// <summary>The first key after all agenda rows of the hour of <paramref name="now"/>.</summary>
    public static string AgendaEnd(bool upcoming, DateTimeOffset now) => AgendaPrefix(upcoming) + Hour(now.AddHours(1));

    /// <summary>The customer of an index row, and the id of its invoice or notice.</summary>
    public static (CustomerId CustomerId, string TargetId) FromIndex(string rowKey)
    {
        var parts = rowKey.Split('_', 4);
        return (new(parts[2]), parts[3]);
    }

    /// <summary>The OData filter for the rows of a partition whose keys start with <paramref name="prefix"/>.</summary>
    public static string FilterOf(string partition, string prefix) =>
        TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {EndOf(prefix)}"
        );

    /// <summary>The exclusive end of the range of keys that start with <paramref name="prefix"/>.</summary>
    public static string EndOf(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>
    /// Azure forbids / \ # ? and control characters in keys and limits them to 1,024 characters. The separator <c>_</c>
    /// and the escape character <c>~</c> are escaped too. Texts of more than 200 bytes become a hash.
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
