using System.Text.Json;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Microsoft.Extensions.Logging;

namespace Dunning.Payments.Webhooks;

/// <summary>
/// Reads at the provider's API what an event leaves out. On the queue only: a failure throws, and the queue tries
/// again.
/// </summary>
public sealed class EventDetails(
    PaymentApi api,
    WebhookEndpoints endpoints,
    TimeProvider clock,
    ILogger<EventDetails> log
)
{
    /// <summary>
    /// No provider's clock is that far ahead: what is dated later happened, at the latest, when we heard of it.
    /// </summary>
    private static readonly TimeSpan _clockDifference = TimeSpan.FromDays(1);

    /// <returns>
    /// The event as it counts at its endpoint. Test money pays nothing, but at an endpoint for tests; without its
    /// effect such an event is done.
    /// </returns>
    /// <exception cref="HttpRequestException">The API cannot be reached or does not answer as it should.</exception>
    public async Task<PaymentEvent> CompleteAsync(
        WebhookDelivery delivery,
        PaymentEvent announced,
        CancellationToken cancellationToken
    )
    {
        // Of an endpoint that is gone, a retired key's, nothing is known but that it took live events.
        var endpoint = endpoints.Of(delivery) ?? new WebhookEndpoint { Provider = delivery.Provider };
        var own = endpoint.ForThisAccount(announced);
        var paymentEvent = endpoint.ForThisAccount(await FetchAsync(delivery, endpoint, own, cancellationToken));
        if (own != announced)
            log.LogWarning(
                "An event of another account came to the {Provider} endpoint {Endpoint}: it has no effect",
                delivery.Provider,
                delivery.Endpoint
            );
        if (paymentEvent.OccurredAt > delivery.ReceivedAt + _clockDifference)
            paymentEvent = paymentEvent with { OccurredAt = delivery.ReceivedAt };
        if (endpoint.AppliesTo(paymentEvent))
            return paymentEvent;
        log.LogWarning(
            "A test event came to the live {Provider} endpoint {Endpoint}: it has no effect",
            delivery.Provider,
            delivery.Endpoint
        );
        return paymentEvent with { Facts = [] };
    }

    private async Task<PaymentEvent> FetchAsync(
        WebhookDelivery delivery,
        WebhookEndpoint endpoint,
        PaymentEvent announced,
        CancellationToken cancellationToken
    )
    {
        if (announced.Fetch is not { } path)
            return announced;
        if (endpoint is not { ApiToken.Length: > 0 })
            return announced with
            {
                Facts = [],
                Problem = "the event holds only an id: the endpoint needs an ApiToken to read the rest",
            };
        if (await api.GetAsync(endpoint, path, cancellationToken) is not { } fetched)
            return announced with
            {
                Facts = [],
                Problem = $"{delivery.Provider} knows nothing of {path.Split('?')[0]}",
            };
        return Complete(delivery.Provider, announced, fetched);
    }

    private PaymentEvent Complete(string provider, PaymentEvent announced, JsonElement fetched) =>
        provider switch
        {
            PaymentProviders.GoCardless => GoCardlessEvents.Complete(announced, fetched),
            PaymentProviders.Mollie => MollieEvents.Complete(announced, fetched),
            _ => MollieClassicEvents.Complete(announced, fetched, clock.GetUtcNow()),
        };
}
