using System.Text;

namespace Dunning.Payments.Webhooks;

/// <summary>The simplest scheme: one header with the MAC of the raw body, and no timestamp.</summary>
internal static class BodySignature
{
    public static Func<WebhookRequest, RequestSignature?> FromHeader(string header) =>
        request =>
            request.Header(header) is { Length: > 0 } signature
                ? new RequestSignature("", Timestamp: null, [signature])
                : null;

    /// <summary>
    /// The text of the secret is the key, even where it looks like base64 (Xero) or like a GUID (GoCardless,
    /// QuickBooks).
    /// </summary>
    public static byte[] TextKey(string secret) => Encoding.UTF8.GetBytes(secret);

    /// <summary>Null when the secret is not hex.</summary>
    public static byte[]? HexKey(string secret)
    {
        var key = new byte[secret.Length / 2];
        return
            secret.Length % 2 == 0
            && secret.All(char.IsAsciiHexDigit)
            && Convert.FromHexString(secret, key, out _, out _) == 0
            ? key
            : null;
    }
}
