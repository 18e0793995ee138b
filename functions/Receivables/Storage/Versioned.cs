using Azure;

namespace Dunning.Receivables.Storage;

/// <summary>
/// A value as it lies in the table, with the version that was read: a change names it, so no two changes can cross.
/// </summary>
public sealed record Versioned<T>(T Value, ETag Version);
