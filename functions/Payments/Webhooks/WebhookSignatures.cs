using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Verifies that a webhook was signed with the endpoint's secret and, where the provider signs a timestamp, that it is
/// current.
/// </summary>
internal static class WebhookSignatures
{
    public const string Stripe = "stripe";
    public const string StandardWebhooks = "standard-webhooks";

    /// <summary>
    /// Default tolerance into the past and the future; the same as in stripe-dotnet and the Standard Webhooks and Svix
    /// libraries.
    /// </summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private static readonly FrozenDictionary<string, SignatureScheme> _schemes = new Dictionary<string, SignatureScheme>
    {
        [Stripe] = new(StripeSignature.Read, StripeSignature.Key, Mac.FromHex),
        [StandardWebhooks] = new(StandardSignature.Read, StandardSignature.Key, Mac.FromBase64),
        [PaymentProviders.GoCardless] = new(
            BodySignature.FromHeader("Webhook-Signature"),
            BodySignature.TextKey,
            Mac.FromHex
        ),
        [PaymentProviders.Mollie] = new(MollieSignature.Read, BodySignature.TextKey, Mac.FromHex),
        [PaymentProviders.Adyen] = new(AdyenSignature.Read, BodySignature.HexKey, Mac.FromBase64),
        [PaymentProviders.AdyenManualCapture] = new(AdyenSignature.Read, BodySignature.HexKey, Mac.FromBase64),
        [PaymentProviders.AdyenPlatform] = new(
            BodySignature.FromHeader("HmacSignature"),
            BodySignature.HexKey,
            Mac.FromBase64
        ),
        [PaymentProviders.Square] = new(SquareSignature.Read, BodySignature.TextKey, Mac.FromBase64),
        [PaymentProviders.Razorpay] = new(
            BodySignature.FromHeader("X-Razorpay-Signature"),
            BodySignature.TextKey,
            Mac.FromHex
        ),
        [PaymentProviders.Paddle] = new(PaddleSignature.Read, BodySignature.TextKey, Mac.FromHex),
        [PaymentProviders.Xero] = new(
            BodySignature.FromHeader("x-xero-signature"),
            BodySignature.TextKey,
            Mac.FromBase64
        ),
        [PaymentProviders.QuickBooks] = new(
            BodySignature.FromHeader("intuit-signature"),
            BodySignature.TextKey,
            Mac.FromBase64
        ),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool HasScheme(string provider) => _schemes.ContainsKey(provider);

    public static bool IsSecret(string provider, string secret) => _schemes[provider].Key(secret) is { Length: > 0 };

    /// <param name="provider">False is returned for a provider without a scheme.</param>
    /// <param name="secrets">
    /// The secrets that are valid at <paramref name="now"/>. An empty or malformed one is a mistake in the settings:
    /// every request is then rejected.
    /// </param>
    /// <param name="tolerance">
    /// The largest accepted difference between a signed timestamp and <paramref name="now"/>; null for
    /// <see cref="Tolerance"/>.
    /// </param>
    public static bool Verify(
        string provider,
        WebhookRequest request,
        IReadOnlyList<string> secrets,
        DateTimeOffset now,
        TimeSpan? tolerance = null
    )
    {
        if (!_schemes.TryGetValue(provider, out var scheme))
            return false;
        var signatures = scheme.Read(request);
        if (signatures.Count == 0 || signatures.Any(s => !IsCurrent(s.Timestamp, now, tolerance ?? Tolerance)))
            return false;
        var keys = secrets.Select(secret => string.IsNullOrWhiteSpace(secret) ? null : scheme.Key(secret)).ToList();
        return keys.TrueForAll(key => key is { Length: > 0 })
            && signatures.All(s => keys.Exists(key => Matches(Expected(key!, s, request), s, scheme)));
    }

    private static byte[] Expected(byte[] key, RequestSignature signature, WebhookRequest request) =>
        Mac.Compute(key, signature.Prefix, signature.CoversBody ? request.Body.Span : []);

    private static bool Matches(byte[] expected, RequestSignature signature, SignatureScheme scheme)
    {
        var matches = false;
        foreach (var text in signature.Macs)
            matches |= scheme.Decode(text) is { } mac && CryptographicOperations.FixedTimeEquals(mac, expected);
        return matches;
    }

    private static bool IsCurrent(string? timestamp, DateTimeOffset now, TimeSpan tolerance) =>
        timestamp is null
        // The digits are checked as well, because the parser accepts trailing NULs.
        || (
            timestamp.All(char.IsAsciiDigit)
            && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= tolerance.TotalSeconds
        );
}
