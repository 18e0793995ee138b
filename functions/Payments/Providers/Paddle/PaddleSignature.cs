using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Paddle;

/// <summary>
/// <c>Paddle-Signature: ts=…;h1=…[;h1=…]</c> over <c>ts:body</c>. Paddle's own libraries allow five seconds, less than
/// a cold start takes.
/// </summary>
internal static class PaddleSignature
{
    private const string TimeField = "ts=";
    private const string SignatureField = "h1=";

    /// <returns>Null without exactly one time: which of two was signed would be a guess.</returns>
    public static SignatureClaim? Read(WebhookRequest request)
    {
        var fields = request.Header("Paddle-Signature")?.Split(';') ?? [];
        return Values(fields, TimeField) is [{ Length: > 0 } time]
            ? new($"{time}:", time, Values(fields, SignatureField))
            : null;
    }

    private static List<string> Values(string[] fields, string name) =>
        [
            .. fields
                .Where(field => field.StartsWith(name, StringComparison.Ordinal))
                .Select(field => field[name.Length..]),
        ];
}
