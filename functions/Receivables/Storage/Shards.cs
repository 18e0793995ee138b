using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>
/// The partitions of the table <c>dunning</c>: <c>s00</c>, <c>s01</c>, … A customer's shard is a stable hash of the id,
/// so the number of shards must never change.
/// </summary>
public sealed class Shards
{
    public const int DefaultCount = 16;

    private int _count;

    /// <summary>To be opened before the first use.</summary>
    public Shards() { }

    public Shards(int count) => _count = count;

    public IReadOnlyList<string> All => [.. Enumerable.Range(0, Count).Select(Name)];

    private int Count =>
        _count > 0
            ? _count
            : throw new InvalidOperationException("The number of shards is unknown: call PrepareAsync at the start.");

    public string Of(CustomerId customerId) =>
        Name(SHA256.HashData(Encoding.UTF8.GetBytes(customerId.Value))[0] % Count);

    /// <summary>
    /// Creates the table and stores the number of shards in it at the first start; later reads that number.
    /// </summary>
    public async Task OpenAsync(TableClient table, CancellationToken cancellationToken)
    {
        await table.CreateIfNotExistsAsync(cancellationToken);
        var row = await ConfigRow.GetOrAddAsync(table, "shards", ("Count", DefaultCount), cancellationToken);
        _count = row.GetInt32("Count")!.Value;
    }

    private static string Name(int shard) => string.Create(CultureInfo.InvariantCulture, $"s{shard:x2}");
}
