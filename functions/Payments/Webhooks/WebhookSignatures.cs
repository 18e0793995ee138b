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
/// Decides whether a webhook was sent by somebody who knows the endpoint's secret, and just now where the provider
/// signs a time.
/// </summary>
internal static class WebhookSignatures
{
    public const string Stripe = "stripe";
    public const string StandardWebhooks = "standard-webhooks";

    /// <summary>Both ways; what stripe-dotnet and the Standard Webhooks and Svix libraries allow.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private static readonly FrozenDictionary<string, SignatureScheme> _schemes = new Dictionary<string, SignatureScheme>
    {
        [Stripe] = new(StripeSignature.Read, StripeSignature.Key, Mac.FromHex),
        [StandardWebhooks] = new(StandardSignature.Read, StandardSignature.Key, Mac.FromBase64),
        [PaymentProviders.GoCardless] = new(BodySignature.In("Webhook-Signature"), BodySignature.TextKey, Mac.FromHex),
        [PaymentProviders.Mollie] = new(MollieSignature.Read, BodySignature.TextKey, Mac.FromHex),
        [PaymentProviders.Adyen] = new(AdyenSignature.Read, BodySignature.HexKey, Mac.FromBase64),
        [PaymentProviders.AdyenManualCapture] = new(AdyenSignature.Read, BodySignature.HexKey, Mac.FromBase64),
        [PaymentProviders.AdyenPlatform] = new(BodySignature.In("HmacSignature"), BodySignature.HexKey, Mac.FromBase64),
        [PaymentProviders.Square] = new(SquareSignature.Read, BodySignature.TextKey, Mac.FromBase64),
        [PaymentProviders.Razorpay] = new(BodySignature.In("X-Razorpay-Signature"), BodySignature.TextKey, Mac.FromHex),
        [PaymentProviders.Paddle] = new(PaddleSignature.Read, BodySignature.TextKey, Mac.FromHex),
        [PaymentProviders.Xero] = new(BodySignature.In("x-xero-signature"), BodySignature.TextKey, Mac.FromBase64),
        [PaymentProviders.QuickBooks] = new(
            BodySignature.In("intuit-signature"),
            BodySignature.TextKey,
            Mac.FromBase64
        ),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool HasScheme(string provider) => _schemes.ContainsKey(provider);

    public static bool IsSecret(string provider, string secret) => _schemes[provider].Key(secret) is { Length: > 0 };

    /// <param name="provider">A name this class knows; any other is refused.</param>
    /// <param name="secrets">
    /// Those that are valid at <paramref name="now"/>. One that is empty or unreadable is a mistake in the settings:
    /// everything is refused then, rather than half checked.
    /// </param>
    /// <param name="tolerance">
    /// How old or early a signed time may be; <see cref="Tolerance"/> unless told otherwise.
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
        var claims = scheme.Read(request);
        if (claims.Count == 0 || claims.Any(claim => !IsFresh(claim.Timestamp, now, tolerance ?? Tolerance)))
            return false;
        var keys = secrets.Select(secret => string.IsNullOrWhiteSpace(secret) ? null : scheme.Key(secret)).ToList();
        return keys.TrueForAll(key => key is { Length: > 0 })
            && claims.All(claim => keys.Exists(key => Matches(Expected(key!, claim, request), claim, scheme)));
    }

    private static byte[] Expected(byte[] key, SignatureClaim claim, WebhookRequest request) =>
        Mac.Compute(key, claim.Prefix, claim.CoversBody ? request.Body.Span : []);

    private static bool Matches(byte[] expected, SignatureClaim claim, SignatureScheme scheme)
    {
        var matches = false;
        foreach (var signature in claim.Signatures)
            matches |= scheme.Decode(signature) is { } mac && CryptographicOperations.FixedTimeEquals(mac, expected);
        return matches;
    }

    private static bool IsFresh(string? timestamp, DateTimeOffset now, TimeSpan tolerance) =>
        timestamp is null
        // The digits are checked by hand because the parser lets trailing NULs pass.
        || (
            timestamp.All(char.IsAsciiDigit)
            && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= tolerance.TotalSeconds
        );
}
