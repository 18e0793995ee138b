using Azure;

namespace Dunning.Receivables.Storage;

/// <summary>
/// A stored value with the ETag with which it was read. A change replaces the row only if it still has this ETag, so
/// no change overwrites another one unseen.
/// </summary>
public sealed record Versioned<T>(T Value, ETag Version);
