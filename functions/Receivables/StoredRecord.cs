using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>
/// Part of a stored row or a queue message. Fields that a later release added survive a change by this one, so that the
/// app can go back to an earlier release.
/// </summary>
public abstract record StoredRecord
{
    /// <summary>The fields that this release does not know; null for none. Erasure removes them.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownFields { get; init; }

    /// <summary>Two records are equal when all that this release knows of them is.</summary>
    public virtual bool Equals(StoredRecord? other) => EqualityContract == other?.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();
}
