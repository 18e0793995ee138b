using System.Text.Json;
using System.Text.Unicode;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Reads a verified body strictly: a signed text that two readers could understand differently is not acted upon.
/// </summary>
internal static class WebhookBody
{
    private static readonly JsonDocumentOptions _strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="problem">Why the body cannot be read, without a word of it; null when it can.</param>
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
        // A property name with half of a surrogate pair surfaces as InvalidOperationException.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            problem = "the body is not one JSON value with unique properties, at most 64 deep";
            return false;
        }
    }
}
