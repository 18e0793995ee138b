namespace Dunning.Receivables.Storage;

internal enum ChainProblemCode
{
    /// <summary>The content of an event does not match its hash, or cannot be read.</summary>
    Changed,

    /// <summary>The link does not result from the link before, the number, the key and the hash.</summary>
    LinkBroken,

    /// <summary>Numbers are missing in between, or the last ones are missing against the head.</summary>
    Removed,

    /// <summary>An event has no number, the number of another event, or one above the head.</summary>
    Added,

    /// <summary>There are events, and the head is missing.</summary>
    HeadMissing,

    /// <summary>The last event's link is not that of the head.</summary>
    HeadDiffers,
}
