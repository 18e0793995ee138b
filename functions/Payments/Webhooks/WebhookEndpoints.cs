using Dunning.Http;

namespace Dunning.Payments.Webhooks;

/// <summary>The configured webhook endpoints.</summary>
public sealed class WebhookEndpoints(IReadOnlyList<WebhookEndpoint> endpoints)
{
    public IReadOnlyList<WebhookEndpoint> All => endpoints;

    /// <summary>
    /// Compares every endpoint, also after a match, so that the timing reveals nothing about the keys.
    /// </summary>
    public WebhookEndpoint? Find(string provider, string key)
    {
        WebhookEndpoint? found = null;
        foreach (var endpoint in All)
        {
            var matches = SecretText.AreEqual(endpoint.Key, key);
            if (matches && endpoint.Provider == provider)
                found = endpoint;
        }
        return found;
    }

    /// <summary>
    /// The endpoint that received a delivery. If it is no longer configured, for example after its key was changed, the
    /// provider's only endpoint, or null when the provider has none or several.
    /// </summary>
    public WebhookEndpoint? For(WebhookDelivery delivery)
    {
        var sameProvider = All.Where(endpoint => endpoint.Provider == delivery.Provider).ToList();
        return sameProvider.Find(endpoint => endpoint.Id == delivery.Endpoint)
            ?? (sameProvider is [var single] ? single : null);
    }
}
