using Azure.Data.Tables;
using Dunning.Receivables.Storage;

namespace Dunning.Dashboard.OverviewPages;

/// <summary>The summaries of all shards: one row each in the partition <c>config</c>, read with one query.</summary>
public sealed class SummaryStore(TableClient table)
{
    private const string Prefix = "summary_";

    internal async Task<IReadOnlyDictionary<string, ShardSummary>> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, ShardSummary> summaries = [];
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                Keys.FilterOf(Keys.ConfigPartition, Prefix),
                cancellationToken: cancellationToken
            )
        )
            summaries[row.RowKey[Prefix.Length..]] = Rows.Read<ShardSummary>(row);
        return summaries;
    }

    /// <summary>The newest wins: each is complete in itself.</summary>
    internal Task WriteAsync(string shard, ShardSummary summary, CancellationToken cancellationToken) =>
        table.UpsertEntityAsync(
            Rows.Write(Keys.ConfigPartition, Prefix + shard, summary),
            TableUpdateMode.Replace,
            cancellationToken
        );
}
