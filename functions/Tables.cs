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

    /// <summary>Work that takes longer than a request, and how far it is.</summary>
    public const string Jobs = "jobs";

    public static readonly IReadOnlyList<string> All = [Book, Lookup, Inbox, Failures, Jobs];
}
