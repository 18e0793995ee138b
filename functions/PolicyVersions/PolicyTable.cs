using Azure;
using Azure.Data.Tables;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.PolicyVersions;

/// <summary>One row for each saved version, in the partition <c>policies</c>.</summary>
public sealed class PolicyTable(TableClient table)
{
    private const string Partition = "policies";

    /// <summary>All versions of all policies, the oldest of each first.</summary>
    public async Task<IReadOnlyList<StoredPolicy>> ReadAllAsync(CancellationToken cancellationToken)
    {
        List<StoredPolicy> stored = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            stored.Add(Rows.Read<StoredPolicy>(row));
        return stored;
    }

    /// <returns>False when the version is there: another request was first.</returns>
    public async Task<bool> TryAddAsync(StoredPolicy stored, CancellationToken cancellationToken)
    {
        var (name, version) = stored.Policy.Key;
        try
        {
            await table.AddEntityAsync(
                Rows.Write(Partition, $"{Ids.Hash('p', name)}_{version:D6}", stored),
                cancellationToken
            );
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return false;
        }
    }
}
