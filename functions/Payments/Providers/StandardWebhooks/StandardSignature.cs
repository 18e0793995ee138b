using System.Globalization;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.StandardWebhooks;

/// <summary>
/// <c>webhook-signature: v1,…[ v1,…]</c> over <c>id.timestamp.body</c> (Standard Webhooks specification), Svix's header
/// names too. The asymmetric <c>v1a</c> is passed over: .NET has no Ed25519.
/// </summary>
internal static class StandardSignature
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>Ids become storage keys; those in use have about 30 characters.</summary>
    private const int MaxIdLength = 255;

    /// <summary>What follows <c>whsec_</c>, base64-decoded; the prefix may be missing.</summary>
    public static byte[]? Key(string secret)
    {
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) ? key[..length] : null;
    }

    /// <summary>The signed id of the message, the same on every retry; null without the headers.</summary>
    public static string? Id(WebhookRequest request) => request.Header(Prefix(request) + "id");

    /// <returns>Null for an id with a full stop: it would let the parts of what was signed be cut elsewhere.</returns>
    public static SignatureClaim? Read(WebhookRequest request) =>
        Id(request) is { Length: > 0 and <= MaxIdLength } id
        && !id.Contains('.', StringComparison.Ordinal)
        && request.Header(Prefix(request) + "timestamp") is { Length: > 0 } timestamp
        && request.Header(Prefix(request) + "signature") is { } signatures
            ? new($"{id}.{timestamp}.", timestamp, Tokens(signatures))
            : null;

    /// <summary>The three headers that a Standard Webhooks sender would send.</summary>
    /// <exception cref="ArgumentException">The secret is not base64.</exception>
    public static Dictionary<string, string> Sign(string secret, string id, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Key(secret) ?? throw new ArgumentException("The secret is not base64.", nameof(secret));
        return new(StringComparer.OrdinalIgnoreCase)
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = time,
            ["webhook-signature"] = Version + Convert.ToBase64String(Mac.Compute(key, $"{id}.{time}.", body)),
        };
    }

    private static string Prefix(WebhookRequest request) => request.Header("webhook-id") is null ? "svix-" : "webhook-";

    private static List<string> Tokens(string signatures) =>
        [
            .. signatures
                .Split(' ')
                .Where(token => token.StartsWith(Version, StringComparison.Ordinal))
                .Select(token => token[Version.Length..]),
        ];
}
