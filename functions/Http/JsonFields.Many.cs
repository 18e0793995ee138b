using System.Text.Json;
using Dunning.Http.Validation;

namespace Dunning.Http;

internal sealed partial class JsonFields
{
    /// <param name="read">Returns null for an item to leave out.</param>
    public IReadOnlyList<T> List<T>(string name, int max, Func<JsonFields, T?> read)
        where T : class =>
        [.. Items(name, max).Select(item => Read(item.Json, item.Pointer, _errors, read)).OfType<T>()];

    public IReadOnlyList<string> List(string name, int max, FieldRule<string> rule) =>
        [.. Items(name, max).Select(item => Take(item.Pointer, item.Json, rule).Value).OfType<string>()];

    /// <summary>An object with any property names.</summary>
    public IReadOnlyDictionary<string, string> Map(string name, int max, FieldRule<string> key, FieldRule<string> value)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Entries(name, max))
        {
            var pointer = $"{At(name)}/{JsonPointer.Escape(entry.Name)}";
            if (key.Check(entry.Name).Error is { } error)
                _errors.Refuse(pointer, error with { Code = $"key_{error.Code}" });
            else if (!IsAbsent(entry.Value))
                map[entry.Name] = Take(pointer, entry.Value, value).Value!;
        }
        return map;
    }

    private IReadOnlyList<(string Pointer, JsonElement Json)> Items(string name, int max)
    {
        if (Find(name) is not { } json || !Is(JsonValueKind.Array, "a JSON array", name, json))
            return [];
        return Fits(name, json.GetArrayLength(), max)
            ? [.. json.EnumerateArray().Select((item, i) => ($"{At(name)}/{i}", item))]
            : [];
    }

    private IReadOnlyList<JsonProperty> Entries(string name, int max)
    {
        if (Find(name) is not { } json || !Is(JsonValueKind.Object, "a JSON object", name, json))
            return [];
        return Fits(name, json.GetPropertyCount(), max) ? [.. json.EnumerateObject()] : [];
    }

    private bool Is(JsonValueKind kind, string expected, string name, JsonElement json)
    {
        if (json.ValueKind != kind)
            Refuse(name, Expected(expected));
        return json.ValueKind == kind;
    }

    private bool Fits(string name, int count, int max)
    {
        if (count > max)
            Refuse(name, new FieldError("too_many", $"send at most {max}"));
        return count <= max;
    }
}
