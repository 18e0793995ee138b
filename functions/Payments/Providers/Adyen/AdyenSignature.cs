using System.Text.Json;
using Dunning.Payments.Webhooks;

namespace Dunning.Payments.Providers.Adyen;

/// <summary>
/// Adyen's standard webhooks contain a signature in each item, over eight of its fields joined with colons and without
/// escaping (docs.adyen.com, "Verify HMAC signatures"). All other fields can be forged, including the date and
/// <c>live</c>.
/// </summary>
internal static class AdyenSignature
{
    /// <returns>The signature of each item; none at all when one item is not signed.</returns>
    public static IReadOnlyList<RequestSignature> Read(WebhookRequest request)
    {
        if (!WebhookBody.TryParse(request.Body.Span, out var root, out _))
            return [];
        List<RequestSignature> signatures = [];
        foreach (var item in AdyenItem.ReadAll(root))
        {
            if (item.Signature is not { Length: > 0 } signature)
                return [];
            signatures.Add(new(item.SignedText, Timestamp: null, [signature], CoversBody: false));
        }
        return signatures;
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

    public string? Signature => Fields.TextOrNumber("additionalData.hmacSignature");

    public string SignedText =>
        string.Join(':', _signedPaths.Select(path => path == "success" ? Success : Fields.TextOrNumber(path)));

    /// <summary>The field is a text in most notifications, and a boolean in some.</summary>
    public string? Success =>
        Fields.Find("success") switch
        {
            { ValueKind: JsonValueKind.True } => "true",
            { ValueKind: JsonValueKind.False } => "false",
            _ => Fields.TextOrNumber("success"),
        };

    public static IEnumerable<AdyenItem> ReadAll(JsonElement root) =>
        new WebhookPayload(root)
            .Items("notificationItems")
            .Select(element => new AdyenItem(new WebhookPayload(element).Find("NotificationRequestItem") ?? default));
}
