using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dunning.Payments.Providers;

namespace Dunning.Payments.Webhooks;

/// <summary>Reads single objects from a payment processor's REST API.</summary>
/// <param name="http">Without a base address, because each endpoint has its own.</param>
public sealed class PaymentApi(HttpClient http)
{
    /// <summary>Limit of a response; single objects are far smaller.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <param name="path">Relative to the base address of the API.</param>
    /// <returns>Null when there is no such object.</returns>
    /// <exception cref="HttpRequestException">Any other failure.</exception>
    public async Task<JsonElement?> GetAsync(WebhookEndpoint endpoint, string path, CancellationToken cancellationToken)
    {
        var provider = PaymentProviders.Find(endpoint.Provider);
        var baseAddress = BaseOf(endpoint, provider?.Api);
        var address = new Uri(baseAddress, path);
        // The id in the path comes from a payload. It must not make the request, with its token, leave the API.
        if (!baseAddress.IsBaseOf(address))
            throw new HttpRequestException($"{endpoint.Provider} has no such object.");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.ApiToken);
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in provider?.Api?.Headers ?? [])
            request.Headers.Add(name, value);
        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return null;
        response.EnsureSuccessStatusCode();
        return WebhookBody.TryParse(
            await response.Content.ReadAsByteArrayAsync(cancellationToken),
            out var root,
            out var problem
        )
            ? root
            : throw new HttpRequestException($"The response of {endpoint.Provider} cannot be read: {problem}.");
    }

    private static Uri BaseOf(WebhookEndpoint endpoint, ProviderApi? api) =>
        new(
            endpoint.ApiBaseAddress
                ?? (endpoint.TestMode ? api?.TestAddress : null)
                ?? api?.Address
                ?? throw new InvalidOperationException(
                    $"No API is known for the payment provider '{endpoint.Provider}': set the endpoint's "
                        + "ApiBaseAddress."
                )
        );
}
