using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>
/// Entities as <c>application/json;odata=minimalmetadata</c>: EDM types that JSON lacks are strings with an @odata.type beside them.
/// </summary>
internal static class EntityJson
{
    private const string TypeSuffix = "@odata.type";
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ITableEntity entity)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Supported(entity))
                if (name is not ("Timestamp" or TableEntity.ETagKey)) Write(json, name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static T Read<T>(Response response) where T : class, ITableEntity
    {
        using var document = JsonDocument.Parse(response.Content);
        return Read<T>(document.RootElement);
    }

    public static IReadOnlyList<T> ReadPage<T>(Response response) where T : class, ITableEntity
    {
        using var document = JsonDocument.Parse(response.Content);
        return [.. document.RootElement.GetProperty("value").EnumerateArray().Select(Read<T>)];
    }

    private static T Read<T>(JsonElement row) where T : class, ITableEntity
    {
        var entity = new TableEntity();
        foreach (var property in row.EnumerateObject())
        {
            var name = property.Name;
            if (name == TableEntity.ETagKey) entity.ETag = new ETag(property.Value.GetString()!);
            else if (!name.StartsWith("odata.", StringComparison.Ordinal) && !name.EndsWith(TypeSuffix, StringComparison.Ordinal))
                entity[name] = Value(property.Value, name == "Timestamp" ? "Edm.DateTime" : TypeOf(row, name));
        }
        return Supported<T>(entity);
    }

    private static string? TypeOf(JsonElement row, string name) =>
        row.TryGetProperty(name + TypeSuffix, out var type) ? type.GetString() : null;

    private static object? Value(JsonElement value, string? type) => (type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        ("Edm.Int64", _) => long.Parse(value.ToString(), CultureInfo.InvariantCulture),
        ("Edm.Double", _) => double.Parse(value.ToString(), CultureInfo.InvariantCulture),
        ("Edm.DateTime", _) => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        ("Edm.Guid", _) => Guid.Parse(value.GetString()!),
        ("Edm.Binary", _) => Convert.FromBase64String(value.GetString()!),
        (_, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (_, JsonValueKind.Number) when value.TryGetInt32(out var number) => number,
        (_, JsonValueKind.Number) => value.GetDouble(),
        _ => value.GetString(),
    };

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        var (type, text) = value switch
        {
            long number => ("Edm.Int64", number.ToString(CultureInfo.InvariantCulture)),
            DateTimeOffset instant => ("Edm.DateTime", Edm.Text(instant)),
            DateTime time => ("Edm.DateTime", Edm.Text(new DateTimeOffset(time.ToUniversalTime()))),
            Guid guid => ("Edm.Guid", guid.ToString("D")),
            byte[] bytes => ("Edm.Binary", Convert.ToBase64String(bytes)),
            BinaryData data => ("Edm.Binary", Convert.ToBase64String(data)),
            double number => ("Edm.Double", number.ToString("R", CultureInfo.InvariantCulture)),
            _ => (null, null),
        };
        if (type is not null)
        {
            json.WriteString(name + TypeSuffix, type);
            json.WriteString(name, text);
        }
        else if (value is not null) WritePlain(json, name, value); // The service stores no nulls: a property without a value is left out.
    }

    private static void WritePlain(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text: json.WriteString(name, text); break;
            case bool flag: json.WriteBoolean(name, flag); break;
            case int number: json.WriteNumber(name, number); break;
            default: throw new NotSupportedException($"Property {name} has the type {value.GetType()}, which tables do not store.");
        }
    }

    private static IDictionary<string, object?> Supported(ITableEntity entity) => entity as TableEntity as IDictionary<string, object?>
        ?? throw new NotSupportedException($"The local edition stores {nameof(TableEntity)} only, not {entity?.GetType().Name ?? "null"}.");

    private static T Supported<T>(TableEntity entity) where T : class =>
        entity as T ?? throw new NotSupportedException($"The local edition reads {nameof(TableEntity)} only, not {typeof(T)}.");
}
