using System.Security.Cryptography;
using System.Text;
using Dunning.Payments.Providers;

namespace Dunning.Payments.Webhooks;

/// <summary>The configured webhook endpoints, validated.</summary>
public sealed class WebhookEndpoints
{
    private const int MinKeyLength = 16;

    /// <exception cref="InvalidOperationException">
    /// A setting is missing, invalid or too weak; the message names it.
    /// </exception>
    public WebhookEndpoints(IReadOnlyList<WebhookEndpoint> endpoints)
    {
        if (FindFlaws(endpoints) is [_, ..] flaws)
            throw new InvalidOperationException(string.Join(' ', flaws));
        All = endpoints;
    }

    /// <returns>The problems of the settings; each begins with the name of the setting.</returns>
    public static IReadOnlyList<string> FindFlaws(IReadOnlyList<WebhookEndpoint> endpoints) =>
        [.. endpoints.SelectMany((endpoint, i) => FlawsOf(endpoint).Select(flaw => $"Webhooks__{i}__{flaw}"))];

    public IReadOnlyList<WebhookEndpoint> All { get; }

    /// <summary>
    /// Compares every endpoint, also after a match, so that the timing reveals nothing about the keys.
    /// </summary>
    public WebhookEndpoint? Find(string provider, string key)
    {
        WebhookEndpoint? found = null;
        var digest = Digest(key);
        foreach (var endpoint in All)
        {
            var matches = CryptographicOperations.FixedTimeEquals(Digest(endpoint.Key), digest);
            if (matches && endpoint.Provider == provider)
                found = endpoint;
        }
        return found;
    }

    /// <summary>A hash has a fixed length, so the comparison does not reveal the length of the key.</summary>
    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

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

    private static IEnumerable<string> FlawsOf(WebhookEndpoint endpoint)
    {
        if (endpoint.Key.Length < MinKeyLength)
            yield return $"Key: it is too short; write at least {MinKeyLength} random characters";
        if (endpoint.ToleranceSeconds <= 0)
            yield return "ToleranceSeconds: write a number above 0";
        if (
            endpoint.ApiBaseAddress is not null
            && !(IsHttp(endpoint.ApiBaseAddress) && endpoint.ApiBaseAddress.EndsWith('/'))
        )
            yield return "ApiBaseAddress: write an http or https address that ends with a slash";
        var flaws = PaymentProviders.Find(endpoint.Provider) is { } provider
            ? FlawsOf(endpoint, provider)
            : [$"Provider: it is unknown; use one of {string.Join(", ", PaymentProviders.Names)}"];
        foreach (var flaw in flaws)
            yield return flaw;
    }

    private static IEnumerable<string> FlawsOf(WebhookEndpoint endpoint, PaymentProvider provider)
    {
        if (provider.NeedsSecrets && (endpoint.Secrets.Count == 0 || endpoint.Secrets.Any(string.IsNullOrWhiteSpace)))
            yield return "Secrets: set at least one signing secret, and no empty one";
        else if (
            provider.NeedsSecrets && !endpoint.Secrets.All(secret => WebhookSignatures.IsSecret(provider.Name, secret))
        )
            yield return $"Secrets: one is not a signing secret of {provider.Name}; copy it unchanged from the "
                + "provider's settings";
        if (provider.NeedsUrl && !IsHttp(endpoint.Url))
            yield return $"Url: write exactly the https address that is configured at {provider.Name}, because the "
                + "signature covers it";
        if (provider.NeedsWebhookId && string.IsNullOrWhiteSpace(endpoint.WebhookId))
            yield return $"WebhookId: it is missing; write the id that {provider.Name} gave this webhook, because the "
                + "signature covers it";
        if (provider.NeedsApiToken && string.IsNullOrWhiteSpace(endpoint.ApiToken))
            yield return $"ApiToken: it is missing; events of {provider.Name} hold only ids, and the rest is read from "
                + "its API";
    }

    private static bool IsHttp(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
