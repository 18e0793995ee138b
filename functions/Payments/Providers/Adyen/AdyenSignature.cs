using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>
/// Adyen's standard webhooks carry a signature in each item, over eight of its fields joined with colons and nothing
/// escaped (docs.adyen.com, "Verify HMAC signatures"). All else in the notification could be anybody's, its date and
/// <c>live</c> too.
/// </summary>
internal static class AdyenSignature
{
    /// <returns>A claim for each item; none when one of them has no signature.</returns>
    public static IReadOnlyList<SignatureClaim> Read(WebhookRequest request)
    {
        if (!WebhookBody.TryParse(request.Body.Span, out var root, out _))
            return [];
        List<SignatureClaim> claims = [];
        foreach (var item in AdyenItem.In(root))
        {
            if (item.Signature is not { Length: > 0 } signature)
                return [];
            claims.Add(new(item.Signed, Timestamp: null, [signature], CoversBody: false));
        }
        return claims;
    }
}

/// <summary>A <c>NotificationRequestItem</c>.</summary>
internal sealed class AdyenItem(JsonElement item)
{
    private static readonly string[] _signedPaths =
    [
        "pspReference",
        "originalReference",
        "merchantAccountCode",
        "merchantReference",
        "amount.value",
        "amount.currency",
        "eventCode",
        "success",
    ];

    public WebhookPayload Fields { get; } = new(item);

    public string? Signature => Fields.Loose("additionalData.hmacSignature");

    public string Signed =>
        string.Join(':', _signedPaths.Select(path => path == "success" ? Success : Fields.Loose(path)));

    /// <summary>A text in most notifications, true or false in some.</summary>
    public string? Success =>
        Fields.Find("success") switch
        {
            { ValueKind: JsonValueKind.True } => "true",
            { ValueKind: JsonValueKind.False } => "false",
            _ => Fields.Loose("success"),
        };

    public static IEnumerable<AdyenItem> In(JsonElement root) =>
        new WebhookPayload(root)
            .Items("notificationItems")
            .Select(one => new AdyenItem(new WebhookPayload(one).Find("NotificationRequestItem") ?? default));
}
