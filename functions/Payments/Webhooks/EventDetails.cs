using System.Text.Json;
using Dunning.Payments.Providers;
using Microsoft.Extensions.Logging;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Reads from the provider's API what an event does not contain. A failure throws: on the queue, the message is then
/// retried.
/// </summary>
public sealed class EventDetails(
    PaymentApi api,
    WebhookEndpoints endpoints,
    TimeProvider clock,
    ILogger<EventDetails> log
)
{
    /// <summary>
    /// An event dated further ahead of its arrival than this gets the time of arrival: no provider's clock is that far
    /// ahead.
    /// </summary>
    private static readonly TimeSpan _maxClockDifference = TimeSpan.FromDays(1);

    /// <returns>
    /// The event with its details. Without changes when it is of the provider's test mode and the endpoint is not.
    /// </returns>
    /// <exception cref="HttpRequestException">
    /// The API cannot be reached, returns an error, or returns a body that cannot be read.
    /// </exception>
    public async Task<PaymentEvent> CompleteAsync(
        WebhookDelivery delivery,
        PaymentEvent webhookEvent,
        CancellationToken cancellationToken
    )
    {
        // An endpoint that is no longer configured counts as a live endpoint without an API token.
        var endpoint = endpoints.For(delivery) ?? new WebhookEndpoint { Provider = delivery.Provider };
        var ownEvent = endpoint.ForThisAccount(webhookEvent);
        var paymentEvent = endpoint.ForThisAccount(await FetchAsync(delivery, endpoint, ownEvent, cancellationToken));
        if (ownEvent != webhookEvent)
            log.LogWarning(
                "An event of another account was sent to the {Provider} endpoint {Endpoint}: it has no effect",
                delivery.Provider,
                delivery.Endpoint
            );
        if (paymentEvent.OccurredAt > delivery.ReceivedAt + _maxClockDifference)
            paymentEvent = paymentEvent with { OccurredAt = delivery.ReceivedAt };
        if (endpoint.AppliesTo(paymentEvent))
            return paymentEvent;
        log.LogWarning(
            "A test event was sent to the live {Provider} endpoint {Endpoint}: it has no effect",
            delivery.Provider,
            delivery.Endpoint
        );
        return paymentEvent with { Changes = [] };
    }

    private async Task<PaymentEvent> FetchAsync(
        WebhookDelivery delivery,
        WebhookEndpoint endpoint,
        PaymentEvent webhookEvent,
        CancellationToken cancellationToken
    )
    {
        if (webhookEvent.Fetch is not { } path)
            return webhookEvent;
        if (endpoint is not { ApiToken.Length: > 0 })
            return webhookEvent with
            {
                Changes = [],
                Problem = "the event holds only an id: set the endpoint's ApiToken, so that the rest can be read",
            };
        if (await api.GetAsync(endpoint, path, cancellationToken) is not { } fetched)
            return webhookEvent with
            {
                Changes = [],
                Problem = $"{delivery.Provider} has no object {path.Split('?')[0]}",
            };
        return Complete(delivery.Provider, webhookEvent, fetched);
    }

    private PaymentEvent Complete(string provider, PaymentEvent webhookEvent, JsonElement fetched) =>
        PaymentProviders.Find(provider)?.Complete is { } complete
            ? complete(webhookEvent, fetched, clock.GetUtcNow())
            : throw new InvalidOperationException($"Events of {provider} are complete; nothing can be fetched.");
}
