using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.PayPal;

/// <summary>
/// PayPal signs <c>transmission id|transmission time|webhook id|CRC-32 of the body</c> with RSA
/// (developer.paypal.com/api/rest/webhooks/rest). The headers contain the address of the certificate. Because the
/// sender chooses it, only addresses at PayPal are accepted.
/// </summary>
internal static class PayPalSignature
{
    public const string CertificateHeader = "PAYPAL-CERT-URL";
    private const string SandboxHost = "api.sandbox.paypal.com";
    private const string CertificatePath = "/v1/notifications/certs/";
    private const int MaxNameLength = 128;

    /// <summary>PayPal retries a delivery for three days.</summary>
    private static readonly TimeSpan _maxAge = TimeSpan.FromDays(4);

    public static bool IsSandbox(WebhookRequest request) => CertificateAddress(request)?.Host == SandboxHost;

    /// <returns>Null for any address other than that of a certificate at PayPal.</returns>
    public static Uri? CertificateAddress(WebhookRequest request)
    {
        foreach (var host in new[] { "api.paypal.com", SandboxHost })
        {
            // Compared as text, so that this check and the HTTP client cannot parse the address differently.
            var prefix = $"https://{host}{CertificatePath}";
            if (
                request.Header(CertificateHeader) is { } text
                && text.StartsWith(prefix, StringComparison.Ordinal)
                && IsName(text[prefix.Length..])
            )
                return new Uri(text);
        }
        return null;
    }

    public static bool IsRecent(WebhookRequest request, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(
            request.Header("PAYPAL-TRANSMISSION-TIME"),
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var sent
        )
        && now - sent <= _maxAge
        && sent - now <= WebhookSignatures.Tolerance;

    public static bool Verify(WebhookRequest request, string webhookId, RSA key)
    {
        if (
            request.Header("PAYPAL-AUTH-ALGO") != "SHA256withRSA"
            || CertificateAddress(request) is null
            || request.Header("PAYPAL-TRANSMISSION-ID") is not { Length: > 0 } id
            || request.Header("PAYPAL-TRANSMISSION-TIME") is not { Length: > 0 } time
            || Decode(request.Header("PAYPAL-TRANSMISSION-SIG"), key) is not { } signature
        )
            return false;
        var crc = Crc32.HashToUInt32(request.Body.Span).ToString(CultureInfo.InvariantCulture);
        var signed = Encoding.UTF8.GetBytes($"{id}|{time}|{webhookId}|{crc}");
        return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static byte[]? Decode(string? text, RSA key)
    {
        var signature = new byte[key.KeySize / 8];
        return
            text?.Length == (signature.Length + 2) / 3 * 4
            && Convert.TryFromBase64String(text, signature, out var length)
            && length == signature.Length
            ? signature
            : null;
    }
}
