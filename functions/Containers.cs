namespace Dunning;

/// <summary>The names of all blob containers.</summary>
internal static class Containers
{
    /// <summary>Messages as they were given to a provider.</summary>
    public const string SentMessages = "sent-messages";

    /// <summary>Emails as they were received, and what was attached to them.</summary>
    public const string ReceivedMessages = "received-messages";

    /// <summary>The files that belong to invoices.</summary>
    public const string Documents = "documents";

    /// <summary>What jobs work on, and their results.</summary>
    public const string Jobs = "jobs";

    public static readonly IReadOnlyList<string> All = [SentMessages, ReceivedMessages, Documents, Jobs];
}
