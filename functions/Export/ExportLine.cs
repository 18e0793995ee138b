using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Azure.Data.Tables;

namespace Dunning.Export;

/// <summary>A line of an export: the head, a row of a table, or a file. One of them is set.</summary>
internal sealed record ExportLine
{
    public ExportHead? Export { get; init; }

    public string? Table { get; init; }

    /// <summary>With its keys. Text and booleans are as they are, other types are <c>{type: text}</c>.</summary>
    public JsonObject? Row { get; init; }

    /// <summary>The container, a slash, and the name.</summary>
    public string? Blob { get; init; }
    public string? ContentType { get; init; }

    /// <summary>Base64.</summary>
    public byte[]? Content { get; init; }

    public static ExportLine Of(string table, TableEntity row) =>
        new()
        {
            Table = table,
            Row = new JsonObject(
                // Storage sets both anew.
                row.Where(field => field.Key is not ("odata.etag" or "Timestamp") && field.Value is not null)
                    .Select(field => KeyValuePair.Create(field.Key, (JsonNode?)Written(field.Key, field.Value)))
            ),
        };

    public TableEntity ToEntity()
    {
        var entity = new TableEntity();
        foreach (var (name, value) in Row!)
            entity[name] = Read(value!);
        return entity;
    }

    private static JsonNode Written(string name, object value) =>
        value switch
        {
            string text => JsonValue.Create(text),
            bool truth => JsonValue.Create(truth),
            int number => Typed("int", number.ToString(CultureInfo.InvariantCulture)),
            long number => Typed("long", number.ToString(CultureInfo.InvariantCulture)),
            double number => Typed("double", number.ToString("R", CultureInfo.InvariantCulture)),
            DateTimeOffset time => Typed("time", time.ToString("O", CultureInfo.InvariantCulture)),
            Guid id => Typed("guid", id.ToString()),
            byte[] bytes => Typed("bytes", Convert.ToBase64String(bytes)),
            BinaryData bytes => Typed("bytes", Convert.ToBase64String(bytes)),
            _ => throw new InvalidOperationException($"{name} has the type {value.GetType().Name}: add it here."),
        };

    private static JsonObject Typed(string type, string value) => new() { [type] = value };

    /// <exception cref="FormatException">It was not written by this class.</exception>
    private static object Read(JsonNode node) =>
        node is JsonObject typed && typed.Single() is var (type, value) && (string)value! is var text
            ? type switch
            {
                "int" => int.Parse(text, CultureInfo.InvariantCulture),
                "long" => long.Parse(text, CultureInfo.InvariantCulture),
                "double" => double.Parse(text, CultureInfo.InvariantCulture),
                "time" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
                "guid" => Guid.Parse(text),
                "bytes" => Convert.FromBase64String(text),
                _ => throw new FormatException($"The type {type} is not known."),
            }
        : node.GetValueKind() is JsonValueKind.String ? (string)node!
        : (bool)node;
}

/// <summary>The first line.</summary>
/// <param name="Version">Of the format.</param>
/// <param name="At">When the export began, UTC: what was sent since is not in it.</param>
/// <param name="Shards">Over which the customers are spread: an import needs the same number.</param>
internal sealed record ExportHead(int Version, DateTimeOffset At, int Shards)
{
    public const int CurrentVersion = 1;

    [JsonIgnore]
    public bool IsKnown => Version is CurrentVersion;
}
