using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dunning.Receivables;

/// <summary>An id that is stored, sent and shown as its text.</summary>
internal interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    string Value { get; }
    static abstract TSelf Create(string value);
}

/// <summary>
/// Reads and writes an id as a JSON string. An attribute of the type names it, because the Functions host deserialises
/// queue messages without our <c>JsonSerializerOptions</c>.
/// </summary>
internal sealed class IdConverter<TId> : JsonConverter<TId>
    where TId : struct, IId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.Create(reader.GetString() ?? throw new JsonException($"{typeof(TId).Name} is null: it must be a string."));

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
