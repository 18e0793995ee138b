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

    private const string GoCardlessVersion = "2015-07-06";

    /// <param name="path">Relative to the base address of the API.</param>
    /// <returns>Null when there is no such object.</returns>
    /// <exception cref="HttpRequestException">Any other failure.</exception>
    public async Task<JsonElement?> GetAsync(WebhookEndpoint endpoint, string path, CancellationToken cancellationToken)
    {
        var (baseAddress, address) = (BaseOf(endpoint), new Uri(BaseOf(endpoint), path));
        // The id in the path comes from a payload. It must not make the request, with its token, leave the API.
        if (!baseAddress.IsBaseOf(address))
            throw new HttpRequestException($"{endpoint.Provider} has no such object.");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.ApiToken);
        request.Headers.Accept.ParseAdd("application/json");
        if (endpoint.Provider == PaymentProviders.GoCardless)
            request.Headers.Add("GoCardless-Version", GoCardlessVersion);
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

    private static Uri BaseOf(WebhookEndpoint endpoint) =>
        new(
            endpoint.ApiBaseAddress
                ?? endpoint.Provider switch
                {
                    PaymentProviders.GoCardless when endpoint.TestMode => "https://api-sandbox.gocardless.com/",
                    PaymentProviders.GoCardless => "https://api.gocardless.com/",
                    PaymentProviders.Mollie or PaymentProviders.MollieClassic => "https://api.mollie.com/v2/",
                    var other => throw new InvalidOperationException(
                        $"No API is known for the payment provider '{other}': set the endpoint's ApiBaseAddress."
                    ),
                }
        );
}
