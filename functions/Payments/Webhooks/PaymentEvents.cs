using System.Security.Cryptography;
using Dunning.Payments.Providers;

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

    public static IReadOnlyList<PaymentEvent> Read(string provider, WebhookRequest request)
    {
        var known = PaymentProviders.Find(provider);
        var id = known?.DeliveryId?.Invoke(request);
        // Without an id in the request, the hash of the bytes identifies it: they are the same on a retry.
        if (string.IsNullOrEmpty(id))
            id = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(request.Body.Span));
        if (known?.ReadForm is { } readForm)
            return [readForm(request.Body.Span, id)];
        if (known?.Read is not { } read)
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

    /// <summary>It counts as live, so that a live endpoint lists it for manual review.</summary>
    private static PaymentEvent Unreadable(string id, string? problem) =>
        new(id, "unreadable", DateTimeOffset.UnixEpoch, Live: true, [], problem);
}
