using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Dunning.Http;

/// <summary>
/// Reads a body up to a limit. The bytes are counted while reading, because Content-Length may be missing or wrong.
/// </summary>
internal static class RequestBody
{
    /// <summary>Changes are a few short fields; invoices have limits of their own.</summary>
    private const int MaxJsonBytes = 16 * 1024;

    /// <returns>Null when the body is longer than <paramref name="limit"/> bytes.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > limit)
                return null;
            body.Write(buffer, 0, read);
        }
        return body.ToArray();
    }

    /// <summary>
    /// Reads the JSON body of a change. Other media types are refused: a browser sends forms and plain text across
    /// sites without a CORS preflight (CSRF). An empty body needs no media type.
    /// </summary>
    public static async Task<(byte[] Body, ApiResult? Error)> ReadJsonAsync(
        HttpRequest request,
        CancellationToken cancellationToken,
        int limit = MaxJsonBytes
    )
    {
        if (await ReadAsync(request, limit, cancellationToken) is not { } body)
            return ([], TooLarge(limit));
        return
            MediaType(request) is "application/json" || (body.Length == 0 && string.IsNullOrEmpty(request.ContentType))
            ? (body, null)
            : (
                [],
                ApiResult.Problem(
                    StatusCodes.Status415UnsupportedMediaType,
                    "unsupported-media-type",
                    "Unsupported media type",
                    "Send JSON, and Content-Type: application/json."
                )
            );
    }

    public static ApiResult TooLarge(int limit) =>
        ApiResult.Problem(
            StatusCodes.Status413PayloadTooLarge,
            "too-large",
            "The body is too large",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The limit is {limit:N0} bytes: send less, or several requests."
            )
        );

    /// <summary>The media type without its parameters, lower case.</summary>
    public static string MediaType(HttpRequest request) =>
        (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
}
