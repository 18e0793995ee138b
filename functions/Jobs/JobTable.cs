using Azure;
using Azure.Data.Tables;
using Dunning.Receivables.Storage;

namespace Dunning.Jobs;

/// <summary>One row per job, kept for seven days: few enough to read all of them.</summary>
public sealed class JobTable(TableClient table)
{
    private const string Partition = "jobs";

    internal async Task AddAsync(Job job, CancellationToken cancellationToken) =>
        await table.AddEntityAsync(Rows.Write(Partition, job.Id, job), cancellationToken);

    internal async Task<Versioned<Job>?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!JobId.IsValid(id))
            return null;
        var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition, id, cancellationToken: cancellationToken);
        return row.HasValue ? Rows.ReadVersioned<Job>(row.Value!) : null;
    }

    /// <returns>False when the row has changed since it was read.</returns>
    internal async Task<bool> TrySaveAsync(Versioned<Job> before, Job after, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(
                Rows.Write(Partition, after.Id, after),
                before.Version,
                TableUpdateMode.Replace,
                cancellationToken
            );
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 412)
        {
            return false;
        }
    }

    /// <returns>The newest first.</returns>
    internal async Task<IReadOnlyList<Job>> ReadAsync(CancellationToken cancellationToken)
    {
        List<Job> jobs = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            jobs.Add(Rows.Read<Job>(row));
        return [.. jobs.OrderByDescending(job => job.CreatedAt).ThenBy(job => job.Id, StringComparer.Ordinal)];
    }

    internal async Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        await table.DeleteEntityAsync(Partition, id, cancellationToken: cancellationToken);
}
