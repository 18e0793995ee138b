namespace Dunning;

/// <summary>Every table.</summary>
internal static class Tables
{
    /// <summary>The book: customers, invoices, agenda, outbox, ledger, events.</summary>
    public const string Book = "dunning";

    /// <summary>Names that others use for our invoices, and idempotency keys.</summary>
    public const string Lookup = "lookup";

    /// <summary>Verified webhooks.</summary>
    public const string Inbox = "inbox";

    /// <summary>Messages that failed, with their causes.</summary>
    public const string Failures = "failures";

    public static readonly IReadOnlyList<string> All = [Book, Lookup, Inbox, Failures];
}
