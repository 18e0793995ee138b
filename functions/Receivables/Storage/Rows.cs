using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>
/// A row holds its keys, the number of its schema, and one JSON document, split over several columns: a column holds at
/// most 64 KiB of UTF-16.
/// </summary>
internal static class Rows
{
    private const string Column = "Json";
    private const string SchemaColumn = "Schema";
    private const int MaxChars = 32_000;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        // The JSON is never embedded in HTML. The default encoder writes six characters for each non-ASCII letter,
        // which would fill the row.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static TableEntity Write(string partition, string key, object value)
    {
        var json = Serialise(value);
        var entity = Entity(partition, key);
        for (var (start, part) = (0, 0); start < json.Length; start += MaxChars, part++)
            entity[ColumnOf(part)] = json.Substring(start, Math.Min(MaxChars, json.Length - start));
        return entity;
    }

    /// <summary>A row of its own columns, without a JSON document.</summary>
    public static TableEntity Entity(string partition, string key, params (string Name, object Value)[] columns)
    {
        var entity = new TableEntity(partition, key) { [SchemaColumn] = Schemas.Current };
        foreach (var (name, value) in columns)
            entity[name] = value;
        return entity;
    }

    /// <exception cref="NewerSchemaException">A later release wrote the row.</exception>
    public static T Read<T>(TableEntity entity)
    {
        Schemas.Check(entity.GetInt32(SchemaColumn) ?? 1, $"Row {entity.PartitionKey}/{entity.RowKey}");
        return JsonSerializer.Deserialize<T>(JsonOf(entity), Json)
            ?? throw new InvalidOperationException($"Row {entity.RowKey} contains no {typeof(T).Name}.");
    }

    /// <summary>The document exactly as it is stored.</summary>
    public static string JsonOf(TableEntity entity)
    {
        var json = entity.GetString(Column) ?? "";
        for (var part = 1; entity.GetString(ColumnOf(part)) is { } more; part++)
            json += more;
        return json;
    }

    public static string Serialise(object value) => JsonSerializer.Serialize(value, value.GetType(), Json);

    public static Versioned<T> ReadVersioned<T>(TableEntity entity) => new(Read<T>(entity), entity.ETag);

    private static string ColumnOf(int part) => part == 0 ? Column : $"{Column}{part}";
}
