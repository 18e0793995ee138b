#nullable disable // As the official assembly: callers see oblivious types in both editions.
using Azure.Data.Tables.Models;
using Dunning.Local.Sdk;

namespace Azure.Data.Tables;

public class TableClient
{
    private readonly TableWire _wire;

    protected TableClient()
    {
    }

    internal TableClient(StorageWire wire, string account, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _wire = new TableWire(wire, name);
        AccountName = account;
        Name = name;
    }

    public virtual string AccountName { get; }

    public virtual string Name { get; }

    public virtual Uri Uri => _wire.Uri;

    /// <exception cref="ArgumentException">A value of a type that table filters have no literal for.</exception>
    public static string CreateQueryFilter(FormattableString filter) => QueryFilter.Format(filter);

    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        Response.FromValue(new TableItem(Name), await _wire.CreateAsync(alsoFine: 409, cancellationToken));

    public virtual Task<Response> DeleteAsync(CancellationToken cancellationToken = default) => _wire.DropAsync(cancellationToken);

    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) where T : ITableEntity =>
        _wire.SendAsync(EntityRequest.Add(entity), cancellationToken);

    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await _wire.GetAsync(partitionKey, rowKey, select, alsoFine: 0, cancellationToken);
        return Response.FromValue(EntityJson.Read<T>(response), response);
    }

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var response = await _wire.GetAsync(partitionKey, rowKey, select, alsoFine: 404, cancellationToken);
        return response.Status == 404 ? new NoEntity<T>(response) : Response.FromValue(EntityJson.Read<T>(response), response);
    }

    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null, int? maxPerPage = null, IEnumerable<string> select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new EntityPages<T>(_wire, filter, maxPerPage, select, cancellationToken);

    public virtual Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) where T : ITableEntity =>
        _wire.SendAsync(EntityRequest.Upsert(entity, mode), cancellationToken);

    public virtual Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        if (ifMatch == default) throw new ArgumentException("An update names the version it replaces, or ETag.All.", nameof(ifMatch));
        return _wire.SendAsync(EntityRequest.Update(entity, ifMatch, mode), cancellationToken);
    }

    /// <summary>A row that is not there counts as deleted: the response's status is then 404.</summary>
    public virtual Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        _wire.SendAsync(EntityRequest.Delete(partitionKey, rowKey, ifMatch), cancellationToken, alsoFine: 404);

    /// <exception cref="TableTransactionFailedException">Nothing was written; it names the action that could not be.</exception>
    public virtual Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        _wire.SubmitAsync([.. transactionActions.Select(EntityRequest.From)], cancellationToken);
}
