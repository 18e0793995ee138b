using System.Security.Cryptography;
using System.Text;

namespace Dunning.Settle;

public sealed class WebhookEndpoints
{
    private const int MinKeyLength = 16;

    /// <exception cref="InvalidOperationException">A setting is missing or too weak; the message names it.</exception>
    public WebhookEndpoints(IReadOnlyList<WebhookEndpoint> endpoints)
    {
        for (var i = 0; i < endpoints.Count; i++)
        {
            if (FlawOf(endpoints[i], $"Webhooks__{i}__") is { } flaw)
                throw new InvalidOperationException(flaw);
        }
        All = endpoints;
    }

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

    private static string? FlawOf(WebhookEndpoint endpoint, string at)
    {
        if (Providers.Find(endpoint.Provider) is not { } provider)
            return $"{at}Provider '{endpoint.Provider}' is not one of {string.Join(", ", Providers.Names)}.";
        if (endpoint.Key.Length < MinKeyLength)
            return $"{at}Key must have at least {MinKeyLength} characters that nobody can guess.";
        if (provider.NeedsSecrets && (endpoint.Secrets.Count == 0 || endpoint.Secrets.Any(string.IsNullOrWhiteSpace)))
            return $"{at}Secrets needs at least one signing secret, and none may be empty.";
        if (provider.NeedsSecrets && !endpoint.Secrets.All(secret => WebhookSignatures.IsSecret(provider.Name, secret)))
            return $"{at}Secrets holds a text that is no signing secret of {provider.Name}.";
        if (provider.NeedsUrl && !IsHttp(endpoint.Url))
            return $"{at}Url must be the https address that {provider.Name} was given, letter for letter: it is signed too.";
        if (provider.NeedsWebhookId && string.IsNullOrWhiteSpace(endpoint.WebhookId))
            return $"{at}WebhookId must be the id that {provider.Name} gave this webhook: it is signed too.";
        if (provider.NeedsApiToken && string.IsNullOrWhiteSpace(endpoint.ApiToken))
            return $"{at}ApiToken must be set: events of {provider.Name} hold ids, and the rest is read at its API.";
        if (endpoint.ApiBaseAddress is not null && !(IsHttp(endpoint.ApiBaseAddress) && endpoint.ApiBaseAddress.EndsWith('/')))
            return $"{at}ApiBaseAddress must be an http address that ends with a slash.";
        return endpoint.ToleranceSeconds > 0 ? null : $"{at}ToleranceSeconds must be positive.";
    }

    private static bool IsHttp(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
