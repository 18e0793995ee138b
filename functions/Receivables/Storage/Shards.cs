using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>
/// The partitions: <c>s00</c>, <c>s01</c>, … A customer's shard is a stable hash of the id, so the count can never
/// change in place.
/// </summary>
public sealed class Shards
{
    public const int DefaultCount = 16;

    private readonly int _count;

    public Shards(int count) => _count = count;

    public IEnumerable<string> All => Enumerable.Range(0, _count).Select(Name);

    public string Of(string customerId) => Name(SHA256.HashData(Encoding.UTF8.GetBytes(customerId))[0] % _count);

    /// <summary>
    /// Creates the table on first use, with the count written into it, and reads the count ever after.
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
            // Deployed before: the stored count stands.
        }
        var row = await table.GetEntityAsync<TableEntity>("config", "shards", cancellationToken: cancellationToken);
        return new Shards(row.Value.GetInt32("Count")!.Value);
    }

    private static string Name(int shard) => string.Create(CultureInfo.InvariantCulture, $"s{shard:x2}");
}
