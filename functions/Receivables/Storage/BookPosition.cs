using System.Globalization;

namespace Dunning.Receivables.Storage;

/// <summary>How far a job has read the book: shard by shard, in each in the order of the customers' ids.</summary>
/// <param name="Shard">The index of the shard, from 0.</param>
/// <param name="After">The last customer that was read; null for none of this shard.</param>
internal readonly record struct BookPosition(int Shard, CustomerId? After)
{
    /// <param name="text">From <see cref="ToString"/>; null for the beginning.</param>
    public static BookPosition Parse(string? text) =>
        text?.Split('/') switch
        {
            [var shard, var after] => new(
                int.Parse(shard, CultureInfo.InvariantCulture),
                after.Length > 0 ? new CustomerId(after) : null
            ),
            _ => default,
        };

    public override string ToString() => FormattableString.Invariant($"{Shard}/{After?.Value}");
}
