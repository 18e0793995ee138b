using System.Security.Cryptography;
using System.Text;
using Dunning.Book;

namespace Dunning.Settle;

/// <summary>One configured endpoint, from the settings <c>Webhooks__0__Provider</c>, <c>__Key</c>, <c>__Secrets__0</c>, <c>__TestMode</c>.</summary>
public sealed record WebhookEndpoint
{
    public string Provider { get; init; } = "";

    /// <summary>The unguessable part of the path: at least 16 characters.</summary>
    public string Key { get; init; } = "";

    /// <summary>Every secret that is valid now: two while one is rolled.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>True for an endpoint that takes a provider's test events; a live endpoint keeps them without effect.</summary>
    public bool TestMode { get; init; }

    /// <summary>Names the endpoint in tables and logs without giving its key away.</summary>
    public string Id => Ids.Hash('w', $"{Provider}\n{Key}");
}

public sealed class WebhookEndpoints
{
    private const int MinKeyLength = 16;

    /// <exception cref="InvalidOperationException">A setting is missing or too weak; the message names it.</exception>
    public WebhookEndpoints(IReadOnlyList<WebhookEndpoint> endpoints)
    {
        for (var i = 0; i < endpoints.Count; i++)
        {
            if (!WebhookSignatures.Providers.Contains(endpoints[i].Provider))
                throw new InvalidOperationException($"Webhooks__{i}__Provider '{endpoints[i].Provider}' is not one of {string.Join(", ", WebhookSignatures.Providers)}.");
            if (endpoints[i].Key.Length < MinKeyLength)
                throw new InvalidOperationException($"Webhooks__{i}__Key must have at least {MinKeyLength} characters that nobody can guess.");
            if (endpoints[i].Secrets.Count == 0 || endpoints[i].Secrets.Any(string.IsNullOrWhiteSpace))
                throw new InvalidOperationException($"Webhooks__{i}__Secrets needs at least one signing secret, and none may be empty.");
        }
        All = endpoints;
    }

    public IReadOnlyList<WebhookEndpoint> All { get; }

    /// <summary>Looks at every endpoint whatever the answer, so that timing tells nothing of the keys.</summary>
    public WebhookEndpoint? Find(string provider, string key)
    {
        WebhookEndpoint? found = null;
        var asked = Encoding.UTF8.GetBytes(key);
        foreach (var endpoint in All)
        {
            var matches = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(endpoint.Key), asked);
            if (matches && endpoint.Provider == provider)
                found = endpoint;
        }
        return found;
    }
}
