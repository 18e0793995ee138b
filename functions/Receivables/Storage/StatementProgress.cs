using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>How far the monthly statements of a shard are planned.</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="After">All customers up to this one are done; null before the first.</param>
/// <param name="IsDone">All customers of the shard are done.</param>
public sealed record ShardStatements(DateOnly Month, CustomerId? After, bool IsDone) : StoredRecord;

/// <summary>
/// One row per shard in the partition <c>config</c>, so that each run goes on where the last one stopped.
/// </summary>
public sealed class StatementProgress(TableClient table)
{
    public async Task<ShardStatements> ReadAsync(string shard, DateOnly month, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            Keys.ConfigPartition,
            KeyOf(shard),
            cancellationToken: cancellationToken
        );
        return row.HasValue && Rows.Read<ShardStatements>(row.Value!) is { } stored && stored.Month >= month
            ? stored
            : new ShardStatements(month, After: null, IsDone: false);
    }

    /// <remarks>Two runs at a time only repeat each other's work: each customer's row says what is done.</remarks>
    public Task WriteAsync(string shard, ShardStatements progress, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(
            Rows.Write(Keys.ConfigPartition, KeyOf(shard), progress),
            TableUpdateMode.Replace,
            cancellationToken
        );

    private static string KeyOf(string shard) => $"statements-{shard}";
}
