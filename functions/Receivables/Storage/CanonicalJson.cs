using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dunning.Receivables.Storage;

/// <summary>
/// One text for all JSON texts of the same content, after RFC 8785: object properties sorted by UTF-16 code units, no
/// white space, only those characters escaped that must be. Numbers differ from RFC 8785: they keep their text, because
/// an amount of <c>10.00</c> is not rounded to a double.
/// </summary>
/// <remarks>
/// Strings are not written by <see cref="Utf8JsonWriter"/>: which characters its encoders escape depends on the Unicode
/// version of .NET, and a hash has to hold for decades.
/// </remarks>
internal static class CanonicalJson
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };

    /// <param name="json">An object.</param>
    /// <param name="leftOut">A property of the root that is not written.</param>
    /// <exception cref="JsonException">It is no JSON object, or an object has a property twice.</exception>
    public static string Of(string json, string leftOut)
    {
        using var document = Parse(json);
        return Of(document.RootElement, leftOut);
    }

    /// <inheritdoc cref="Of(string, string)"/>
    public static JsonDocument Parse(string json)
    {
        var document = Strictly(() => JsonDocument.Parse(json, _strict));
        if (document.RootElement.ValueKind is JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new JsonException("The text is not a JSON object.");
    }

    /// <inheritdoc cref="Of(string, string)"/>
    public static string Of(JsonElement root, string leftOut) =>
        Strictly(() =>
        {
            var text = new StringBuilder();
            WriteObject(text, root, leftOut);
            return text.ToString();
        });

    /// <summary>One type of exception for all that has no canonical text.</summary>
    private static T Strictly<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException unpaired)
        {
            throw new JsonException("A text contains half of a surrogate pair.", unpaired);
        }
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value, leftOut: null);
                break;
            case JsonValueKind.Array:
                WriteArray(text, value);
                break;
            case JsonValueKind.String:
                WriteString(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value, string? leftOut)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (property.Name == leftOut)
                continue;
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            WriteString(text, property.Name);
            text.Append(':');
            Write(text, property.Value);
        }
        text.Append('}');
    }

    private static void WriteArray(StringBuilder text, JsonElement value)
    {
        text.Append('[');
        var isFirst = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!isFirst)
                text.Append(',');
            isFirst = false;
            Write(text, item);
        }
        text.Append(']');
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append(@"\\"),
                '\b' => text.Append(@"\b"),
                '\t' => text.Append(@"\t"),
                '\n' => text.Append(@"\n"),
                '\f' => text.Append(@"\f"),
                '\r' => text.Append(@"\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $@"\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }
        text.Append('"');
    }
}
