using System.Text.Json;
using System.Text.Unicode;

namespace Dunning.Http;

internal static class StrictJson
{
    internal const int MaxDepth = 64;

    /// <summary>
    /// Parses one JSON text (RFC 8259) with the restrictions of I-JSON (RFC 7493): valid Unicode, unique names.
    /// </summary>
    /// <exception cref="UnreadableDocumentException">
    /// 400: <c>invalid-utf8</c>, <c>duplicate-property</c> or <c>malformed-json</c>.
    /// </exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        var json = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        if (!Utf8.IsValid(json.Span))
            throw new UnreadableDocumentException(
                400,
                "invalid-utf8",
                "The body is not valid UTF-8: encode it as UTF-8."
            );
        try
        {
            EnsureCompleteSurrogatePairs(json.Span);
            return JsonDocument.Parse(
                json,
                new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false }
            );
        }
        catch (JsonException) when (IsWellFormed(json))
        {
            throw new UnreadableDocumentException(
                400,
                "duplicate-property",
                "An object contains the same name twice: remove one of them."
            );
        }
        catch (JsonException e)
        {
            throw new UnreadableDocumentException(
                400,
                "malformed-json",
                $"The body is not valid JSON of at most {MaxDepth} levels: correct line {e.LineNumber + 1}, byte "
                    + $"{e.BytePositionInLine + 1}."
            );
        }
    }

    /// <summary>
    /// Rejects half a surrogate pair, such as the escape \ud802: <see cref="JsonElement.GetString"/> would throw later.
    /// </summary>
    private static void EnsureCompleteSurrogatePairs(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                    reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new UnreadableDocumentException(
                400,
                "invalid-utf8",
                "An escape such as \\ud802 is half a surrogate pair: send both halves or remove it."
            );
        }
    }

    private static bool IsWellFormed(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
