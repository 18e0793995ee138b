using Dunning.Payments.Ledger;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.PayPal;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Takes a verified webhook in: inbox, mark, queue. Each step may run again; a crash after the first is caught up by
/// <see cref="RequeueUnappliedPayments"/>.
/// </summary>
public sealed class WebhookIntake(
    Inbox inbox,
    PendingPaymentMarks marks,
    InFlightReminders inFlight,
    Queues queues,
    TimeProvider clock
)
{
    private const int MaxShown = 500;

    /// <summary>What tells events and their origin apart besides the body; never Authorization or cookies.</summary>
    private static readonly string[] _keptHeaders =
    [
        "Content-Type",
        "webhook-id",
        "svix-id",
        "webhook-timestamp",
        "svix-timestamp",
        PayPalSignature.CertificateHeader,
    ];

    public async Task<Reception> SaveAsync(
        WebhookEndpoint endpoint,
        WebhookRequest webhook,
        CancellationToken cancellationToken
    )
    {
        var events = PaymentEvents.Read(endpoint.Provider, webhook).Select(endpoint.ForThisAccount).ToList();
        var eventId = string.Join(' ', events.Select(e => e.Id));
        if (PaymentProviders.Find(endpoint.Provider) is { NamesNoEvent: true })
            eventId += $" {clock.GetUtcNow():O}";
        var body = WebhookDelivery.Zip(webhook.Body.Span);
        if (body.Length > Inbox.MaxZippedBytes)
            return Reception.TooLarge;
        var headers = _keptHeaders
            .Where(name => webhook.Header(name) is not null)
            .ToDictionary(name => name, name => webhook.Header(name)!);
        var delivery = new WebhookDelivery(
            endpoint.Id,
            Ids.Hash('d', eventId),
            endpoint.Provider,
            Shorten(eventId),
            clock.GetUtcNow(),
            headers,
            body
        );
        var isNew = await inbox.SaveAsync(delivery, cancellationToken);
        var (invoices, isUntold) = await marks.SetAsync(
            endpoint,
            delivery,
            events.Where(e => e.Problem is null && endpoint.AppliesTo(e)),
            isNew,
            cancellationToken
        );
        // Also for a delivery that has been applied: another of the same may have set its mark after that, and died.
        await queues.SendAsync(Queues.PaymentsReceived, delivery.Message, TimeSpan.Zero, cancellationToken);
        return (await inFlight.WaitAsync(invoices, cancellationToken)).Count > 0 ? Reception.ReminderInFlight
            : isUntold ? Reception.PaymentUnidentified
            : Reception.Kept;
    }

    /// <summary>For a person: a delivery may hold hundreds of events, and a row only so much.</summary>
    private static string Shorten(string eventId) => eventId.Length <= MaxShown ? eventId : eventId[..MaxShown] + "…";
}

/// <summary>What became of a verified webhook.</summary>
public enum Reception
{
    Kept,
    TooLarge,

    /// <summary>
    /// Kept, but a reminder that was claimed before is leaving: a payment is called accepted only when none can leave
    /// any more.
    /// </summary>
    ReminderInFlight,

    /// <summary>Kept, but whose payment it is only the provider's API tells, and that does not answer now.</summary>
    PaymentUnidentified,
}
