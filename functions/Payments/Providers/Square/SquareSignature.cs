using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Square;

/// <summary>
/// <c>x-square-hmacsha256-signature</c> over the URL configured at Square, followed by the body.
/// </summary>
internal static class SquareSignature
{
    public static RequestSignature? Read(WebhookRequest request) =>
        request.Url is { Length: > 0 } url
        && request.Header("x-square-hmacsha256-signature") is { Length: > 0 } signature
            ? new(url, Timestamp: null, [signature])
            : null;
}
