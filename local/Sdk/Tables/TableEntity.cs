#nullable disable // As the official assembly: callers see oblivious types in both editions.
using System.Collections;

namespace Azure.Data.Tables;

public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    internal const string ETagKey = "odata.etag";

    private readonly Dictionary<string, object> _properties;

    public TableEntity() => _properties = [];

    public TableEntity(string partitionKey, string rowKey) : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    public TableEntity(IDictionary<string, object> values) => _properties = values is null ? [] : new Dictionary<string, object>(values);

    public string PartitionKey
    {
        get => GetString(nameof(PartitionKey));
        set => _properties[nameof(PartitionKey)] = value;
    }

    public string RowKey
    {
        get => GetString(nameof(RowKey));
        set => _properties[nameof(RowKey)] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(nameof(Timestamp));
        set => _properties[nameof(Timestamp)] = value;
    }

    public ETag ETag
    {
        get => GetString(ETagKey) is { } etag ? new ETag(etag) : default;
        set => _properties[ETagKey] = value.ToString();
    }

    public int Count => _properties.Count;

    public ICollection<string> Keys => _properties.Keys;

    ICollection<object> IDictionary<string, object>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    /// <summary>Null for a property that is not there.</summary>
    public object this[string key]
    {
        get => _properties.GetValueOrDefault(key);
        set => _properties[key] = value;
    }

    public string GetString(string key) => EntityValue.As<string>(this[key]);

    public byte[] GetBinary(string key) => EntityValue.As<byte[]>(this[key] is BinaryData data ? data.ToArray() : this[key]);

    public BinaryData GetBinaryData(string key) =>
        EntityValue.As<BinaryData>(this[key] is byte[] bytes ? BinaryData.FromBytes(bytes) : this[key]);

    public bool? GetBoolean(string key) => EntityValue.As<bool?>(this[key]);

    public DateTime? GetDateTime(string key) =>
        EntityValue.As<DateTime?>(this[key] is DateTimeOffset instant ? instant.UtcDateTime : this[key]);

    public DateTimeOffset? GetDateTimeOffset(string key) =>
        EntityValue.As<DateTimeOffset?>(this[key] is DateTime time ? new DateTimeOffset(time) : this[key]);

    public double? GetDouble(string key) => EntityValue.As<double?>(this[key]);

    public Guid? GetGuid(string key) => EntityValue.As<Guid?>(this[key]);

    public int? GetInt32(string key) => EntityValue.As<int?>(this[key]);

    public long? GetInt64(string key) => EntityValue.As<long?>(this[key]);

    public void Add(string key, object value)
    {
        if (!_properties.TryAdd(key, value)) throw new ArgumentException($"The entity already has a property {key}.", nameof(key));
    }

    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    public bool Remove(string key) => _properties.Remove(key);

    public bool TryGetValue(string key, out object value) => _properties.TryGetValue(key, out value);

    public void Clear() => _properties.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => _properties.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => Remove(item.Key);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();
}
