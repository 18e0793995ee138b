using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.QuickBooks;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Providers.Xero;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Reads the events of a verified webhook. It never throws for a body that its sender signed: what cannot be read
/// becomes an event with a <see cref="PaymentEvent.Problem"/>, for manual review.
/// </summary>
internal static class PaymentEvents
{
    /// <summary>
    /// GoCardless sends up to 250; a delivery with more events than this would occupy the queue for minutes.
    /// </summary>
    private const int MaxEvents = 1_000;

    private static readonly FrozenDictionary<string, Reader> _readers = new Dictionary<string, Reader>
    {
        [WebhookSignatures.Stripe] = (root, _, _) => [StripeEvents.Map(root)],
        [WebhookSignatures.StandardWebhooks] = (root, id, _) =>
            root.ValueKind == JsonValueKind.Array ? Batch(root, id) : [StandardEvents.Map(root, id)],
        [PaymentProviders.GoCardless] = (root, _, _) => GoCardlessEvents.Read(root),
        [PaymentProviders.Mollie] = (root, _, _) => [MollieEvents.Map(root)],
        [PaymentProviders.PayPal] = (root, _, request) => [PayPalEvents.Map(root, request)],
        [PaymentProviders.Adyen] = (root, _, _) => AdyenEvents.Read(root, manualCapture: false),
        [PaymentProviders.AdyenManualCapture] = (root, _, _) => AdyenEvents.Read(root, manualCapture: true),
        [PaymentProviders.AdyenPlatform] = (root, id, _) => [AdyenPlatformEvents.Map(root, id)],
        [PaymentProviders.Square] = (root, _, _) => [SquareEvents.Map(root)],
        [PaymentProviders.Razorpay] = (root, id, _) => [RazorpayEvents.Map(root, id)],
        [PaymentProviders.Paddle] = (root, _, _) => [PaddleEvents.Map(root)],
        [PaymentProviders.Xero] = (root, id, _) => XeroEvents.Read(root, id),
        [PaymentProviders.QuickBooks] = (root, id, _) => QuickBooksEvents.Read(root, id),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="id">For a provider whose events have no id; the same on a retry.</param>
    /// <returns>Null for a body that is no delivery of this provider.</returns>
    private delegate IReadOnlyList<PaymentEvent>? Reader(JsonElement root, string id, WebhookRequest request);

    public static IReadOnlyList<PaymentEvent> Read(string provider, WebhookRequest request)
    {
        var id = provider == WebhookSignatures.StandardWebhooks ? StandardSignature.Id(request) : null;
        // Without an id in the request, the hash of the bytes identifies it: they are the same on a retry.
        if (string.IsNullOrEmpty(id))
            id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        if (provider == PaymentProviders.MollieClassic)
            return [MollieClassicEvents.Read(request.Body.Span, id)];
        if (!_readers.TryGetValue(provider, out var read))
            return [Unreadable(id, "no reader for this provider")];
        if (!WebhookBody.TryParse(request.Body.Span, out var root, out var problem))
            return [Unreadable(id, problem)];
        return read(root, id, request) switch
        {
            null or [] => [Unreadable(id, "the body holds no events")],
            { Count: > MaxEvents } many =>
            [
                Unreadable(id, $"the body holds {many.Count} events: at most {MaxEvents} are accepted at once"),
            ],
            var events => WithIds(events, id),
        };
    }

    /// <summary>An event without an id gets one from its position in the delivery.</summary>
    private static List<PaymentEvent> WithIds(IReadOnlyList<PaymentEvent> events, string deliveryId) =>
        [
            .. events.Select(
                (paymentEvent, index) =>
                    paymentEvent.Id.Length > 0
                        ? paymentEvent
                        : paymentEvent with
                        {
                            Id = events.Count > 1 ? $"{deliveryId}#{index}" : deliveryId,
                        }
            ),
        ];

    /// <summary>
    /// A CloudEvents batch: an element without an id gets one from its position in the delivery.
    /// </summary>
    private static List<PaymentEvent> Batch(JsonElement events, string deliveryId) =>
        [.. events.EnumerateArray().Select((element, index) => StandardEvents.Map(element, $"{deliveryId}#{index}"))];

    /// <summary>It counts as live, so that a live endpoint lists it for manual review.</summary>
    private static PaymentEvent Unreadable(string id, string? problem) =>
        new(id, "unreadable", DateTimeOffset.UnixEpoch, Live: true, [], problem);
}
