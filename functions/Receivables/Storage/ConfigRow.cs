using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>A row of the partition <c>config</c> that is made at the first start and never changes.</summary>
internal static class ConfigRow
{
    /// <param name="first">The only column; ignored when the row is there.</param>
    public static async Task<TableEntity> GetOrAddAsync(
        TableClient table,
        string key,
        (string Name, object Value) first,
        CancellationToken cancellationToken
    )
    {
        var stored = await table.GetEntityIfExistsAsync<TableEntity>(
            Keys.ConfigPartition,
            key,
            cancellationToken: cancellationToken
        );
        if (stored.HasValue)
            return stored.Value!;
        try
        {
            await table.AddEntityAsync(Rows.Entity(Keys.ConfigPartition, key, first), cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // Another instance was first: its value is used.
        }
        return (
            await table.GetEntityAsync<TableEntity>(Keys.ConfigPartition, key, cancellationToken: cancellationToken)
        ).Value;
    }
}
