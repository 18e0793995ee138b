using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Dunning.Http;

namespace Dunning.OpenApi;

/// <summary>JSON Schema 2020-12, which OpenAPI 3.1 uses.</summary>
internal static class ApiSchema
{
    private const string Reference = "$ref";

    /// <summary>Of a record, as answers write it.</summary>
    /// <param name="address">Where it is in the document, so that it can refer to itself.</param>
    public static JsonNode Of(Type type, string address)
    {
        var schema = ApiResult.Options.GetJsonSchemaAsNode(
            type,
            new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform }
        );
        Complete(schema, address);
        return schema;
    }

    /// <summary>What an example shows: names and types, none of them required.</summary>
    public static JsonObject OfExample(JsonNode? example) =>
        example switch
        {
            JsonObject fields => new()
            {
                ["type"] = "object",
                ["properties"] = new JsonObject(
                    fields.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, OfExample(field.Value)))
                ),
            },
            JsonArray list => new() { ["type"] = "array", ["items"] = OfExample(list.FirstOrDefault()) },
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => new()
            {
                ["type"] = "boolean",
            },
            JsonValue value when value.GetValueKind() is JsonValueKind.Number => new() { ["type"] = "number" },
            JsonValue => new() { ["type"] = "string" },
            _ => [],
        };

    /// <summary>A type with a converter of its own is written as text: an id, a version.</summary>
    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(object) || type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(type))
            return new JsonObject();
        if (schema is JsonObject { Count: > 0 } known)
        {
            if (known.ContainsKey("enum") && !known.ContainsKey("type"))
                known.Insert(0, "type", "string");
            return known;
        }
        return new JsonObject { ["type"] = "string" };
    }

    private static void Complete(JsonNode? node, string address)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Complete(item, address);
        }
        if (node is not JsonObject schema)
            return;
        foreach (var (name, value) in schema.ToList())
        {
            if (name == Reference && value is JsonValue && (string?)value is ['#', .. var within])
                schema[Reference] = address + within;
            else
                Complete(value, address);
        }
        // Null is left out of answers.
        if (schema is { } && schema["required"] is JsonArray required && schema["properties"] is JsonObject properties)
        {
            var always = required
                .Select(name => (string)name!)
                .Where(name => !MayBeNull(properties[name]))
                .Select(name => (JsonNode)name)
                .ToArray();
            schema.Remove("required");
            if (always.Length > 0)
                schema["required"] = new JsonArray(always);
        }
    }

    private static bool MayBeNull(JsonNode? schema) =>
        schema is not JsonObject fields
        || fields["type"] is JsonArray types && types.Any(type => (string?)type is "null")
        || fields["enum"] is JsonArray values && values.Contains(null)
        || fields.Count == 0;
}
