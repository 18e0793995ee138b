using System.Security.Cryptography;
using System.Text.Json;

namespace Dunning.Settle;

/// <summary>
/// Puts a verified webhook into our own terms. Never throws for what its sender signed: what cannot be understood becomes an event
/// with a <see cref="PaymentEvent.Problem"/>, for a person.
/// </summary>
public static class PaymentEvents
{
    public static IReadOnlyList<PaymentEvent> Read(string provider, WebhookRequest request)
    {
        var id = provider == WebhookSignatures.StandardWebhooks ? StandardSignature.Id(request) : null;
        // What names no id is known by its bytes, which are the same on a retry.
        if (string.IsNullOrEmpty(id))
            id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        if (!WebhookBody.TryParse(request.Body.Span, out var root, out var problem))
            return [Unreadable(id, problem)];
        return provider switch
        {
            WebhookSignatures.Stripe => [StripeEvents.Map(root) is { Id.Length: > 0 } mapped ? mapped : Unreadable(id, "id is missing")],
            WebhookSignatures.StandardWebhooks when root.ValueKind == JsonValueKind.Array => Batch(root, id),
            WebhookSignatures.StandardWebhooks => [StandardEvents.Map(root, id)],
            _ => [Unreadable(id, "no reader for this provider")],
        };
    }

    /// <summary>The CloudEvents batch: an element without an id of its own gets one from its place in the delivery.</summary>
    private static List<PaymentEvent> Batch(JsonElement events, string deliveryId) =>
        [.. events.EnumerateArray().Select((one, index) => StandardEvents.Map(one, $"{deliveryId}#{index}"))];

    /// <summary>Counts as live: a person should see it.</summary>
    private static PaymentEvent Unreadable(string id, string? problem) =>
        new(id, "unreadable", DateTimeOffset.UnixEpoch, Live: true, [], problem);
}
