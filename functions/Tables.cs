namespace Dunning;

/// <summary>The names of all tables.</summary>
internal static class Tables
{
    /// <summary>Customers, invoices, agenda, outbox, ledger, events.</summary>
    public const string Book = "dunning";

    /// <summary>Finds rows of <see cref="Book"/> by other ids; answers stored for the Idempotency-Key header.</summary>
    public const string Lookup = "lookup";

    /// <summary>Verified webhook deliveries.</summary>
    public const string Inbox = "inbox";

    /// <summary>Queue messages that failed, with their causes.</summary>
    public const string Failures = "failures";

    public static readonly IReadOnlyList<string> All = [Book, Lookup, Inbox, Failures];
}
