using System.Net;
using System.Text;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Notices.Email;
using Dunning.Tests.Payments;
using Dunning.Tests.Payments.Providers.PayPal;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Each provider at its own endpoint, with APIs that respond as the test defines. Monday 5 January 2026, 10:00 UTC.
/// </summary>
public abstract class ProviderScenario : Scenario
{
    protected const string Key = "an-endpoint-key-of-the-test";

    protected override DateTimeOffset Start => ProviderSamples.Now;

    protected override Dictionary<string, string?> Settings => ProviderSamples.Settings(first: 2, Key);

    /// <summary>The response of any provider's API.</summary>
    protected Func<HttpRequestMessage, (HttpStatusCode Status, string Body)> ApiHandler { get; set; } =
        _ => (HttpStatusCode.OK, "");

    protected override void ReplaceServices(IServiceCollection services) =>
        services
            .AddSingleton(p => PayPalStandIn.Certificates(p.GetRequiredService<TimeProvider>()))
            .AddSingleton(
                new PaymentApi(
                    new HttpClient(
                        new RecordingHandler(request =>
                        {
                            var (status, body) = ApiHandler(request);
                            return new HttpResponseMessage(status)
                            {
                                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                            };
                        })
                    )
                )
            );

    private protected Task<(int Status, string Body)> DeliverAsync(
        ProviderSamples.Sample sample,
        string type = "application/json"
    ) => DeliverAsync(sample.Provider, sample.Bytes, [.. sample.Headers.Select(h => (h.Key, h.Value))], type);

    /// <summary>The same delivery with another body, signed again.</summary>
    private protected Task<(int Status, string Body)> DeliverAsync(string provider, string body) =>
        DeliverAsync(ProviderSamples.For(provider) with { Body = body });

    protected Task<(int Status, string Body)> DeliverAsync(
        string provider,
        byte[] body,
        (string Name, string Value)[] headers,
        string type = "application/json",
        string key = Key
    ) => DeliverAsync(provider, key, body, headers, type);
}
