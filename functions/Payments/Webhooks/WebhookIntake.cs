using Dunning.Payments.Ledger;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.PayPal;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Accepts a verified webhook: saves it in the inbox, marks its invoices, enqueues a message. Every step can be
/// repeated; after a crash behind the first, <see cref="RequeueUnappliedPayments"/> enqueues the delivery.
/// </summary>
public sealed class WebhookIntake(
    Inbox inbox,
    PendingPaymentMarks marks,
    InFlightReminders inFlight,
    Queues queues,
    PaymentFeedRows feeds,
    TimeProvider clock
)
{
    private const int MaxEventIdLength = 500;

    /// <summary>
    /// The headers that identify events and their origin. Authorization and cookies must never be stored.
    /// </summary>
    private static readonly string[] _storedHeaders =
    [
        "Content-Type",
        "webhook-id",
        "svix-id",
        "webhook-timestamp",
        "svix-timestamp",
        PayPalSignature.CertificateHeader,
    ];

    public async Task<IntakeResult> SaveAsync(
        WebhookEndpoint endpoint,
        WebhookRequest webhook,
        CancellationToken cancellationToken
    )
    {
        var events = PaymentEvents.Read(endpoint.Provider, webhook).Select(endpoint.ForThisAccount).ToList();
        var eventId = string.Join(' ', events.Select(e => e.Id));
        if (PaymentProviders.Find(endpoint.Provider) is { HasNoEventIds: true })
            eventId += $" {clock.GetUtcNow():O}";
        var body = WebhookDelivery.Zip(webhook.Body.Span);
        if (body.Length > Inbox.MaxZippedBytes)
            return IntakeResult.TooLarge;
        var headers = _storedHeaders
            .Where(name => webhook.Header(name) is not null)
            .ToDictionary(name => name, name => webhook.Header(name)!);
        var delivery = new WebhookDelivery(
            endpoint.Id,
            DeliveryIdOf(eventId),
            endpoint.Provider,
            Shorten(eventId),
            clock.GetUtcNow(),
            headers,
            body
        );
        var isNew = await inbox.SaveAsync(delivery, cancellationToken);
        if (isNew)
            await feeds.RecordAsync(endpoint.Id, endpoint.Provider, clock.GetUtcNow(), cancellationToken);
        var (invoices, isUnidentified) = await marks.SetAsync(
            endpoint,
            delivery,
            events.Where(e => e.Problem is null && endpoint.AppliesTo(e)),
            isNew,
            cancellationToken
        );
        // Enqueued even if the delivery has been applied: a concurrent one may have set its mark after that and
        // crashed.
        await queues.SendAsync(Queues.PaymentsReceived, delivery.Message, TimeSpan.Zero, cancellationToken);
        return (await inFlight.WaitAsync(invoices, cancellationToken)).Count > 0 ? IntakeResult.ReminderInFlight
            : isUnidentified ? IntakeResult.PaymentUnidentified
            : IntakeResult.Saved;
    }

    /// <param name="eventId">The ids of all events of the delivery, with blanks between them.</param>
    internal static string DeliveryIdOf(string eventId) => Ids.Hash('d', eventId);

    /// <summary>For display only: a delivery may hold hundreds of events, and their ids must fit into a row.</summary>
    private static string Shorten(string eventId) =>
        eventId.Length <= MaxEventIdLength ? eventId : eventId[..MaxEventIdLength] + "…";
}

/// <summary>The result of accepting a verified webhook.</summary>
public enum IntakeResult
{
    Saved,
    TooLarge,

    /// <summary>
    /// Saved, but a reminder that was claimed before is being sent. The webhook is answered 2xx only when no further
    /// reminder can be sent.
    /// </summary>
    ReminderInFlight,

    /// <summary>
    /// Saved, but the provider's API, which is needed to identify the payment, is unavailable.
    /// </summary>
    PaymentUnidentified,
}
