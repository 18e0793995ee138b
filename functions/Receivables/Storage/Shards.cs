using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>
/// The partitions of the table <c>dunning</c>: <c>s00</c>, <c>s01</c>, … A customer's shard is a stable hash of the id,
/// so the number of shards must never change.
/// </summary>
public sealed class Shards
{
    public const int DefaultCount = 16;

    private readonly int _count;

    public Shards(int count) => _count = count;

    public IEnumerable<string> All => Enumerable.Range(0, _count).Select(Name);

    public string Of(string customerId) => Name(SHA256.HashData(Encoding.UTF8.GetBytes(customerId))[0] % _count);

    /// <summary>
    /// Creates the table and stores the number of shards in it at the first start; later reads that number.
    /// </summary>
    public static async Task<Shards> OpenAsync(TableClient table, CancellationToken cancellationToken)
    {
        await table.CreateIfNotExistsAsync(cancellationToken);
        try
        {
            await table.AddEntityAsync(
                new TableEntity("config", "shards") { ["Count"] = DefaultCount },
                cancellationToken
            );
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // Not the first start: the stored number is used.
        }
        var row = await table.GetEntityAsync<TableEntity>("config", "shards", cancellationToken: cancellationToken);
        return new Shards(row.Value.GetInt32("Count")!.Value);
    }

    private static string Name(int shard) => string.Create(CultureInfo.InvariantCulture, $"s{shard:x2}");
}
