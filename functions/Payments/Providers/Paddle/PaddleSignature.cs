using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Paddle;

/// <summary>
/// <c>Paddle-Signature: ts=…;h1=…[;h1=…]</c> over <c>ts:body</c>. Paddle's own libraries tolerate five seconds; the
/// tolerance here is larger, because a cold start takes longer.
/// </summary>
internal static class PaddleSignature
{
    private const string TimeField = "ts=";
    private const string SignatureField = "h1=";

    /// <returns>Null unless there is exactly one timestamp: of several, the signed one cannot be known.</returns>
    public static RequestSignature? Read(WebhookRequest request)
    {
        var fields = request.Header("Paddle-Signature")?.Split(';') ?? [];
        return SignatureHeader.Values(fields, TimeField) is [{ Length: > 0 } time]
            ? new($"{time}:", time, SignatureHeader.Values(fields, SignatureField))
            : null;
    }
}
