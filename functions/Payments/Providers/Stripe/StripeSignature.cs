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

    /// <summary>Unlike Standard Webhooks', the whole text is the key, <c>whsec_</c> and all.</summary>
    public static byte[] Key(string secret) => Encoding.UTF8.GetBytes(secret);

    /// <returns>Null without exactly one time: which of two was signed would be a guess.</returns>
    public static SignatureClaim? Read(WebhookRequest request)
    {
        var fields = request.Header(HeaderName)?.Split(',') ?? [];
        var times = Values(fields, TimeField);
        return times is [{ Length: > 0 } time] ? new($"{time}.", time, Values(fields, SignatureField)) : null;
    }

    /// <summary>The header value that Stripe would send.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(Mac.Compute(Key(secret), $"{time}.", body));
        return $"{TimeField}{time},{SignatureField}{signature}";
    }

    private static List<string> Values(string[] fields, string name) =>
        [
            .. fields
                .Where(field => field.StartsWith(name, StringComparison.Ordinal))
                .Select(field => field[name.Length..]),
        ];
}
