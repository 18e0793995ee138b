using System.Globalization;
using System.Text;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Stripe;

/// <summary>
/// <c>Stripe-Signature: t=…,v1=…[,v1=…]</c> over <c>t.body</c> (docs.stripe.com/webhooks, "Verify manually").
/// </summary>
internal static class StripeSignature
{
    public const string HeaderName = "Stripe-Signature";
    private const string TimeField = "t=";
    private const string SignatureField = "v1=";

    /// <summary>Unlike in Standard Webhooks, the whole text is the key, including <c>whsec_</c>.</summary>
    public static byte[] Key(string secret) => Encoding.UTF8.GetBytes(secret);

    /// <returns>Null unless there is exactly one timestamp: of several, the signed one cannot be known.</returns>
    public static RequestSignature? Read(WebhookRequest request)
    {
        var fields = request.Header(HeaderName)?.Split(',') ?? [];
        return SignatureHeader.Values(fields, TimeField) is [{ Length: > 0 } time]
            ? new($"{time}.", time, SignatureHeader.Values(fields, SignatureField))
            : null;
    }

    /// <summary>The header value that Stripe would send; for tests and the local host.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(Mac.Compute(Key(secret), $"{time}.", body));
        return $"{TimeField}{time},{SignatureField}{signature}";
    }
}
