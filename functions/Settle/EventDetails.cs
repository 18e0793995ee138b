using System.Text.Json;

namespace Dunning.Settle;

/// <summary>Reads at the provider's API what an event leaves out. On the queue only: a failure throws, and the queue tries again.</summary>
public sealed class EventDetails(PaymentApi api, WebhookEndpoints endpoints, TimeProvider clock)
{
    /// <summary>Test money pays nothing, but at an endpoint for tests; without its effect such an event is done.</summary>
    public bool Counts(Delivery delivery, PaymentEvent happened) => happened.Live || EndpointOf(delivery) is { TestMode: true };

    /// <exception cref="HttpRequestException">The API cannot be reached or does not answer as it should.</exception>
    public async Task<PaymentEvent> CompleteAsync(Delivery delivery, PaymentEvent announced, CancellationToken cancel)
    {
        if (announced.Fetch is not { } path)
            return announced;
        if (EndpointOf(delivery) is not { ApiToken.Length: > 0 } endpoint)
            return announced with { Facts = [], Problem = "the event holds only an id: the endpoint needs an ApiToken to read the rest" };
        if (await api.GetAsync(endpoint, path, cancel) is not { } fetched)
            return announced with { Facts = [], Problem = $"{delivery.Provider} knows nothing of {path.Split('?')[0]}" };
        return Complete(delivery.Provider, announced, fetched);
    }

    private PaymentEvent Complete(string provider, PaymentEvent announced, JsonElement fetched) => provider switch
    {
        Providers.GoCardless => GoCardlessEvents.Complete(announced, fetched),
        Providers.Mollie => MollieEvents.Complete(announced, fetched),
        _ => MolliePings.Complete(announced, fetched, clock.GetUtcNow()),
    };

    private WebhookEndpoint? EndpointOf(Delivery delivery) => endpoints.All.FirstOrDefault(endpoint => endpoint.Id == delivery.Endpoint);
}
