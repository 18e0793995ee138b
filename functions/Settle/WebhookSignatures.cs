using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;

namespace Dunning.Settle;

/// <summary>Decides whether a webhook was sent by somebody who knows the endpoint's secret, and just now.</summary>
public static class WebhookSignatures
{
    public const string Stripe = "stripe";
    public const string StandardWebhooks = "standard-webhooks";

    /// <summary>Both ways; what stripe-dotnet and the Standard Webhooks and Svix libraries allow.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private static readonly FrozenDictionary<string, SignatureScheme> Schemes = new Dictionary<string, SignatureScheme>
    {
        [Stripe] = new(StripeSignature.Read, StripeSignature.Key, Mac.FromHex),
        [StandardWebhooks] = new(StandardSignature.Read, StandardSignature.Key, Mac.FromBase64),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Providers => Schemes.Keys.Order(StringComparer.Ordinal);

    /// <param name="provider">A name this class knows; any other is refused.</param>
    /// <param name="secrets">
    /// Those that are valid at <paramref name="now"/>. One that is empty or unreadable is a mistake in the settings:
    /// everything is refused then, rather than half checked.
    /// </param>
    public static bool Verify(string provider, WebhookRequest request, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        if (!Schemes.TryGetValue(provider, out var scheme) || scheme.Read(request) is not { } claim || !IsFresh(claim.Timestamp, now))
            return false;
        var keys = secrets.Select(secret => string.IsNullOrWhiteSpace(secret) ? null : scheme.Key(secret)).ToList();
        return keys.TrueForAll(key => key is { Length: > 0 })
            && keys.Exists(key => Matches(Mac.Compute(key!, claim.Prefix, request.Body.Span), claim, scheme));
    }

    private static bool Matches(byte[] expected, SignatureClaim claim, SignatureScheme scheme)
    {
        var matches = false;
        foreach (var signature in claim.Signatures)
            matches |= scheme.Decode(signature) is { } mac && CryptographicOperations.FixedTimeEquals(mac, expected);
        return matches;
    }

    private static bool IsFresh(string? timestamp, DateTimeOffset now) =>
        timestamp is null
        // The digits are checked by hand because the parser lets trailing NULs pass.
        || (timestamp.All(char.IsAsciiDigit)
            && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds);
}
