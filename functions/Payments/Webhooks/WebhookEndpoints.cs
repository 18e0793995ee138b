using System.Security.Cryptography;
using System.Text;
using Dunning.Payments.Providers;

namespace Dunning.Payments.Webhooks;

public sealed class WebhookEndpoints
{
    private const int MinKeyLength = 16;

    /// <exception cref="InvalidOperationException">A setting is missing or too weak; the message names it.</exception>
    public WebhookEndpoints(IReadOnlyList<WebhookEndpoint> endpoints)
    {
        if (FindFlaws(endpoints) is [_, ..] flaws)
            throw new InvalidOperationException(string.Join(' ', flaws));
        All = endpoints;
    }

    /// <summary>Each begins with the setting's name.</summary>
    public static IReadOnlyList<string> FindFlaws(IReadOnlyList<WebhookEndpoint> endpoints) =>
        [.. endpoints.SelectMany((endpoint, i) => FlawsOf(endpoint).Select(flaw => $"Webhooks__{i}__{flaw}"))];

    public IReadOnlyList<WebhookEndpoint> All { get; }

    /// <summary>Looks at every endpoint whatever the answer, so that timing tells nothing of the keys.</summary>
    public WebhookEndpoint? Find(string provider, string key)
    {
        WebhookEndpoint? found = null;
        var asked = Digest(key);
        foreach (var endpoint in All)
        {
            var matches = CryptographicOperations.FixedTimeEquals(Digest(endpoint.Key), asked);
            if (matches && endpoint.Provider == provider)
                found = endpoint;
        }
        return found;
    }

    /// <summary>Of one length whatever the key's is, so that the comparison does not tell it.</summary>
    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>
    /// Where a delivery came in; after its key was retired, the provider's endpoint of today if there is just one.
    /// </summary>
    public WebhookEndpoint? Of(WebhookDelivery delivery)
    {
        var ofProvider = All.Where(endpoint => endpoint.Provider == delivery.Provider).ToList();
        return ofProvider.Find(endpoint => endpoint.Id == delivery.Endpoint)
            ?? (ofProvider is [var only] ? only : null);
    }

    private static IEnumerable<string> FlawsOf(WebhookEndpoint endpoint)
    {
        if (endpoint.Key.Length < MinKeyLength)
            yield return $"Key: write at least {MinKeyLength} characters that nobody can guess";
        if (endpoint.ToleranceSeconds <= 0)
            yield return "ToleranceSeconds: write a number above 0";
        if (
            endpoint.ApiBaseAddress is not null
            && !(IsHttp(endpoint.ApiBaseAddress) && endpoint.ApiBaseAddress.EndsWith('/'))
        )
            yield return "ApiBaseAddress: write an http address that ends with a slash";
        var flaws = PaymentProviders.Find(endpoint.Provider) is { } provider
            ? FlawsOf(endpoint, provider)
            : [$"Provider: use one of {string.Join(", ", PaymentProviders.Names)}"];
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
            yield return $"Secrets: one of them is no signing secret of {provider.Name}";
        if (provider.NeedsUrl && !IsHttp(endpoint.Url))
            yield return $"Url: write the https address that {provider.Name} was given, letter for letter: it is "
                + "signed too";
        if (provider.NeedsWebhookId && string.IsNullOrWhiteSpace(endpoint.WebhookId))
            yield return $"WebhookId: write the id that {provider.Name} gave this webhook: it is signed too";
        if (provider.NeedsApiToken && string.IsNullOrWhiteSpace(endpoint.ApiToken))
            yield return $"ApiToken: it is missing; events of {provider.Name} hold ids, and the rest is read at "
                + "its API";
    }

    private static bool IsHttp(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
