using System.Text.Json;
using System.Text.Unicode;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Parses a verified body strictly: a text that two parsers could read differently is not processed, although it is
/// signed.
/// </summary>
internal static class WebhookBody
{
    private static readonly JsonDocumentOptions _strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="problem">Why the body cannot be read, without any part of it; null when it can.</param>
    public static bool TryParse(ReadOnlySpan<byte> body, out JsonElement root, out string? problem)
    {
        root = default;
        problem = null;
        if (body.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        if (!Utf8.IsValid(body))
        {
            problem = "the body is not UTF-8";
            return false;
        }
        try
        {
            root = JsonElement.Parse(body, _strict);
            return true;
        }
        // A property name with half of a surrogate pair causes an InvalidOperationException.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problem = "the body is not one JSON value with unique properties, at most 64 deep";
            return false;
        }
    }
}
