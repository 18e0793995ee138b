using System.Globalization;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.StandardWebhooks;

/// <summary>
/// <c>webhook-signature: v1,…[ v1,…]</c> over <c>id.timestamp.body</c> (Standard Webhooks specification), also with
/// Svix's header names. Asymmetric signatures, <c>v1a</c>, are ignored: .NET has no Ed25519.
/// </summary>
internal static class StandardSignature
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>Common ids have about 30 characters. The limit is needed because ids become storage keys.</summary>
    private const int MaxIdLength = 255;

    /// <summary>The base64-decoded text after <c>whsec_</c>; the prefix is optional.</summary>
    public static byte[]? Key(string secret)
    {
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) ? key[..length] : null;
    }

    /// <summary>The signed id of the message, the same on every retry; null when the header is missing.</summary>
    public static string? Id(WebhookRequest request) => request.Header(Prefix(request) + "id");

    /// <returns>
    /// Null when a header is missing, and for an id with a dot: the signed text could then be split in another way.
    /// </returns>
    public static RequestSignature? Read(WebhookRequest request) =>
        Id(request) is { Length: > 0 and <= MaxIdLength } id
        && !id.Contains('.', StringComparison.Ordinal)
        && request.Header(Prefix(request) + "timestamp") is { Length: > 0 } timestamp
        && request.Header(Prefix(request) + "signature") is { } signatures
            ? new($"{id}.{timestamp}.", timestamp, SignatureHeader.Values(signatures.Split(' '), Version))
            : null;

    /// <summary>The three headers that a sender would set; for tests and the local host.</summary>
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
}
