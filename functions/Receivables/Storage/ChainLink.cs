namespace Dunning.Receivables.Storage;

/// <summary>
/// An event's place in the chain of its invoice: the property <c>chain</c> of the stored event. Erasure keeps it.
/// </summary>
/// <param name="Number">From 1, without gaps, within one invoice.</param>
/// <param name="Hash">SHA-256 of the event without this property, see <see cref="EventChain.HashOf"/>.</param>
/// <param name="Link">SHA-256 of the link before, the number, the key and the hash.</param>
public sealed record ChainLink(long Number, string Hash, string Link) : StoredRecord;
