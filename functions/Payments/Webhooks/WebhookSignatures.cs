using System.Globalization;
using System.Security.Cryptography;
using Dunning.Payments.Providers;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Verifies that a webhook was signed with the endpoint's secret and, where the provider signs a timestamp, that it is
/// current.
/// </summary>
internal static class WebhookSignatures
{
    /// <summary>
    /// Default tolerance into the past and the future; the same as in stripe-dotnet and the Standard Webhooks and Svix
    /// libraries.
    /// </summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public static bool IsSecret(SignatureScheme scheme, string secret) => scheme.Key(secret) is { Length: > 0 };

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
        if (PaymentProviders.Find(provider)?.Signature is not { } scheme)
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
