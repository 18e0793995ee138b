using System.Text.RegularExpressions;
using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// An in-memory table, fast enough for 100,000 inputs. It rejects the keys and sizes that the service rejects
/// (Microsoft Learn, "Understanding the Table service data model"). Rows are stored as property dictionaries.
/// </summary>
internal sealed partial class MemoryTable : TableClient
{
    private const int MaxKeyLength = 1024,
        MaxTextLength = 32 * 1024,
        MaxRowBytes = 1024 * 1024;

    private readonly SortedDictionary<(string Partition, string Row), Dictionary<string, object>> _rows = new(
        Comparer<(string Partition, string Row)>.Create(
            (a, b) =>
                string.CompareOrdinal(a.Partition, b.Partition) is not 0 and var order
                    ? order
                    : string.CompareOrdinal(a.Row, b.Row)
        )
    );

    private int _versions;

    /// <summary>Called before rows are read or a transaction is written, as another writer in between.</summary>
    public Action? BeforeRequest { get; set; }

    public void Clear() => _rows.Clear();

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        RunSynchronously(() => Upsert(entity, isNew: true));

    public override Task<Response> UpsertEntityAsync<T>(
        T entity,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default
    ) => RunSynchronously(() => Upsert(entity));

    public override Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default
    ) => RunSynchronously(() => Replace(entity, ifMatch));

    public override Task<Response> DeleteEntityAsync(
        string partitionKey,
        string rowKey,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default
    ) => RunSynchronously(() => _rows.Remove((partitionKey, rowKey)));

    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckKey(partitionKey);
        CheckKey(rowKey);
        BeforeRequest?.Invoke();
        return Task.FromResult<NullableResponse<T>>(
            _rows.TryGetValue((partitionKey, rowKey), out var row)
                ? Response.FromValue((T)(object)new TableEntity(row), OkResponse.Ok)
                : new MissingRow<T>()
        );
    }

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null,
        int? maxPerPage = null,
        IEnumerable<string>? select = null,
        CancellationToken cancellationToken = default
    )
    {
        BeforeRequest?.Invoke();
        var range = Range().Match(filter ?? "");
        Assert.True(filter is null or "" || range.Success, filter);
        string Part(string name) => range.Groups[name].Value.Replace("''", "'", StringComparison.Ordinal);
        var found = _rows.Where(row =>
            !range.Success
            || row.Key.Partition == Part("partition")
                && (
                    !range.Groups["from"].Success
                    || string.CompareOrdinal(row.Key.Row, Part("from")) >= 0
                        && string.CompareOrdinal(row.Key.Row, Part("to")) < (Part("operator") is "le" ? 1 : 0)
                )
        );
        return AsyncPageable<T>.FromPages([
            Page<T>.FromValues([.. found.Select(row => (T)(object)new TableEntity(row.Value))], null, OkResponse.Ok),
        ]);
    }

    /// <summary>Applies all actions or none.</summary>
    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions,
        CancellationToken cancellationToken = default
    )
    {
        BeforeRequest?.Invoke();
        var actions = transactionActions.ToList();
        Assert.Equal(actions.Count, actions.DistinctBy(a => (a.Entity.PartitionKey, a.Entity.RowKey)).Count());
        var before = actions.ToDictionary(
            a => (a.Entity.PartitionKey, a.Entity.RowKey),
            a => _rows.GetValueOrDefault((a.Entity.PartitionKey, a.Entity.RowKey))
        );
        try
        {
            foreach (var action in actions)
                Apply(action);
        }
        catch (RequestFailedException)
        {
            foreach (var (key, row) in before)
            {
                _rows.Remove(key);
                if (row is not null)
                    _rows[key] = row;
            }
            throw;
        }
        return Task.FromResult(Response.FromValue<IReadOnlyList<Response>>([], OkResponse.Ok));
    }

    private void Apply(TableTransactionAction action)
    {
        switch (action.ActionType)
        {
            case TableTransactionActionType.Add:
                Upsert(action.Entity, isNew: true);
                break;
            case TableTransactionActionType.UpdateReplace:
                Replace(action.Entity, action.ETag);
                break;
            case TableTransactionActionType.Delete:
                CheckVersion(action.Entity, action.ETag);
                _rows.Remove((action.Entity.PartitionKey, action.Entity.RowKey));
                break;
            default:
                Upsert(action.Entity);
                break;
        }
    }

    private void Replace(ITableEntity entity, ETag version)
    {
        CheckVersion(entity, version);
        Upsert(entity);
    }

    private void CheckVersion(ITableEntity entity, ETag version)
    {
        if (!_rows.TryGetValue((entity.PartitionKey, entity.RowKey), out var row))
            throw new RequestFailedException(404, "ResourceNotFound");
        if (version != ETag.All && version != new TableEntity(row).ETag)
            throw new RequestFailedException(412, "UpdateConditionNotSatisfied");
    }

    private void Upsert(ITableEntity entity, bool isNew = false)
    {
        CheckKey(entity.PartitionKey);
        CheckKey(entity.RowKey);
        var row = ((TableEntity)entity).ToDictionary();
        if (
            row.Values.OfType<string>().Any(text => text.Length > MaxTextLength)
            || 2 * row.Sum(p => p.Key.Length + (p.Value as string ?? "").Length) > MaxRowBytes
        )
            throw new RequestFailedException(400, "PropertyValueTooLarge");
        if (isNew && _rows.ContainsKey((entity.PartitionKey, entity.RowKey)))
            throw new RequestFailedException(409, "EntityAlreadyExists");
        row["odata.etag"] = $"W/\"{++_versions}\"";
        _rows[(entity.PartitionKey, entity.RowKey)] = row;
    }

    private static void CheckKey(string key)
    {
        if (key.Length > MaxKeyLength || key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)))
            throw new RequestFailedException(400, $"OutOfRangeInput: a key of {key.Length} characters");
    }

    private static Task<Response> RunSynchronously(Action change)
    {
        change();
        return Task.FromResult(OkResponse.Ok);
    }

    [GeneratedRegex(
        "^PartitionKey eq '(?<partition>([^']|'')*)'( and RowKey ge '(?<from>([^']|'')*)' and RowKey "
            + "(?<operator>lt|le) '(?<to>([^']|'')*)')?$"
    )]
    private static partial Regex Range();

    private sealed class MissingRow<T> : NullableResponse<T>
    {
        public override bool HasValue => false;
        public override T Value => throw new InvalidOperationException("The row does not exist.");

        public override Response GetRawResponse() => OkResponse.Ok;
    }
}

/// <summary>A 200 response without content.</summary>
internal sealed class OkResponse : Response
{
    public static Response Ok { get; } = new OkResponse();

    public override int Status => 200;
    public override string ReasonPhrase => "OK";
    public override Stream? ContentStream { get; set; }
    public override string ClientRequestId { get; set; } = "";

    public override void Dispose() { }

    protected override bool ContainsHeader(string name) => false;

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

    protected override bool TryGetHeader(string name, out string value) => Missing(out value);

    protected override bool TryGetHeaderValues(string name, out IEnumerable<string> values) => Missing(out values);

    private static bool Missing<T>(out T value)
    {
        value = default!;
        return false;
    }
}
