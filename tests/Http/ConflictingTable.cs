using Azure;
using Azure.Data.Tables;

namespace Dunning.Tests.Http;

/// <summary>A table in which every row is changed by another writer between read and replace.</summary>
internal sealed class ConflictingTable(TableClient table) : TableClient
{
    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        table.AddEntityAsync(entity, cancellationToken);

    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    ) => table.GetEntityIfExistsAsync<T>(partitionKey, rowKey, select, cancellationToken);

    public override async Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default
    )
    {
        await table.UpdateEntityAsync(entity, ifMatch, mode, cancellationToken);
        return await table.UpdateEntityAsync(entity, ifMatch, mode, cancellationToken);
    }
}
