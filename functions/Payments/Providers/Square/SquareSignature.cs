using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Square;

/// <summary>
/// <c>x-square-hmacsha256-signature</c> over the address that Square was given, followed by the body.
/// </summary>
internal static class SquareSignature
{
    public static SignatureClaim? Read(WebhookRequest request) =>
        request.Url is { Length: > 0 } url
        && request.Header("x-square-hmacsha256-signature") is { Length: > 0 } signature
            ? new(url, Timestamp: null, [signature])
            : null;
}
