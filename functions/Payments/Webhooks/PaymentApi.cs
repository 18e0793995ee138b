using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dunning.Payments.Providers;

namespace Dunning.Payments.Webhooks;

/// <summary>Reads single objects at a payment processor's REST API.</summary>
/// <param name="http">Without a base address: each endpoint has its own.</param>
public sealed class PaymentApi(HttpClient http)
{
    /// <summary>Far above any single object.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const string GoCardlessVersion = "2015-07-06";

    /// <returns>Null when there is no such object.</returns>
    /// <exception cref="HttpRequestException">Any other failure.</exception>
    public async Task<JsonElement?> GetAsync(WebhookEndpoint endpoint, string path, CancellationToken cancellationToken)
    {
        var (home, address) = (BaseOf(endpoint), new Uri(BaseOf(endpoint), path));
        // The token goes to its owner and to nobody else, whatever a payload calls an id.
        if (!home.IsBaseOf(address))
            throw new HttpRequestException($"{endpoint.Provider} has no such object.");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.ApiToken);
        request.Headers.Accept.ParseAdd("application/json");
        if (endpoint.Provider == PaymentProviders.GoCardless)
            request.Headers.Add("GoCardless-Version", GoCardlessVersion);
        using var answer = await http.SendAsync(request, cancellationToken);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return null;
        answer.EnsureSuccessStatusCode();
        return WebhookBody.TryParse(
            await answer.Content.ReadAsByteArrayAsync(cancellationToken),
            out var root,
            out var problem
        )
            ? root
            : throw new HttpRequestException($"{endpoint.Provider} answered with what cannot be read: {problem}.");
    }

    private static Uri BaseOf(WebhookEndpoint endpoint) =>
        new(
            endpoint.ApiBaseAddress
                ?? endpoint.Provider switch
                {
                    PaymentProviders.GoCardless when endpoint.TestMode => "https://api-sandbox.gocardless.com/",
                    PaymentProviders.GoCardless => "https://api.gocardless.com/",
                    _ => "https://api.mollie.com/v2/",
                }
        );
}
