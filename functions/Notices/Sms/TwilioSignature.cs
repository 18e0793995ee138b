using System.Security.Cryptography;
using System.Text;

namespace Dunning.Notices.Sms;

/// <summary>
/// <c>X-Twilio-Signature</c>: HMAC-SHA1 of the URL followed by the sorted form fields, names and values concatenated
/// without separators. For another body, of the URL alone, whose parameter <c>bodySHA256</c> contains the body's hash
/// (twilio.com/docs/usage/security, "Validating requests").
/// </summary>
internal static class TwilioSignature
{
    public const string HeaderName = "X-Twilio-Signature";
    private const string BodyHash = "bodySHA256=";

    /// <summary>Base64 length of 20 bytes. Excludes white space, which the decoder would skip.</summary>
    private const int Base64Length = 28;

    /// <summary>Whether a form was signed with any of the auth tokens.</summary>
    /// <param name="url">The URL configured at Twilio, with its query.</param>
    /// <param name="fields">The decoded form fields.</param>
    public static bool Verify(
        string url,
        IEnumerable<KeyValuePair<string, string>> fields,
        string? signature,
        IReadOnlyList<string> tokens
    )
    {
        // Twilio sorts by name and signs a repeated pair only once.
        var suffix = string.Concat(
            fields
                .Distinct()
                .OrderBy(field => field.Key, StringComparer.Ordinal)
                .ThenBy(field => field.Value, StringComparer.Ordinal)
                .Select(field => field.Key + field.Value)
        );
        return Matches(url, suffix, signature, tokens);
    }

    /// <summary>Whether any other body was signed with any of the auth tokens.</summary>
    public static bool Verify(string url, ReadOnlySpan<byte> body, string? signature, IReadOnlyList<string> tokens)
    {
        var hash = url.Split('?', 2) is [_, var query]
            ? query
                .Split('&')
                .FirstOrDefault(pair => pair.StartsWith(BodyHash, StringComparison.Ordinal))
                ?[BodyHash.Length..]
            : null;
        return hash is not null
            && CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(hash),
                Encoding.UTF8.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body)))
            )
            && Matches(url, "", signature, tokens);
    }

    /// <summary>The header value that Twilio would send.</summary>
    public static string Sign(string url, IEnumerable<KeyValuePair<string, string>> fields, string token) =>
        Convert.ToBase64String(
            Mac(
                token,
                url + string.Concat(fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value))
            )
        );

    private static bool Matches(string url, string suffix, string? signature, IReadOnlyList<string> tokens)
    {
        var received = new byte[HMACSHA1.HashSizeInBytes];
        if (
            signature?.Length != Base64Length
            || !Convert.TryFromBase64String(signature, received, out var length)
            || length != received.Length
        )
            return false;
        var matches = false;
        foreach (var variant in WithAndWithoutPort(url))
        {
            foreach (var token in tokens.Where(token => !string.IsNullOrWhiteSpace(token)))
                matches |= CryptographicOperations.FixedTimeEquals(Mac(token, variant + suffix), received);
        }
        return matches;
    }

    /// <summary>Twilio signs the URL either with or without the port, whatever the configured URL has.</summary>
    private static IEnumerable<string> WithAndWithoutPort(string url)
    {
        yield return url;
        if (url.IndexOf("://", StringComparison.Ordinal) is not (>= 0 and var scheme))
            yield break;
        var start = scheme + "://".Length;
        var end = url.IndexOfAny(['/', '?', '#'], start) is >= 0 and var found ? found : url.Length;
        var colon = url.IndexOf(':', start, end - start);
        var port = url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? 443 : 80;
        yield return colon >= 0 ? url[..colon] + url[end..] : $"{url[..end]}:{port}{url[end..]}";
    }

    private static byte[] Mac(string token, string text) =>
#pragma warning disable CA5350 // Twilio's protocol requires SHA-1.
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
}
