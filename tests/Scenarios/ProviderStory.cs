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
/// Each provider at its own endpoint, and APIs that answer as the story says. Monday 5 January 2026, 10:00 UTC.
/// </summary>
public abstract class ProviderStory : Story
{
    protected const string Key = "an-endpoint-key-of-the-story";

    protected override DateTimeOffset Start => ProviderSamples.Now;

    protected override Dictionary<string, string?> Settings => ProviderSamples.Settings(first: 2, Key);

    /// <summary>The answer of any provider's API.</summary>
    protected Func<HttpRequestMessage, (HttpStatusCode Status, string Body)> Api { get; set; } =
        _ => (HttpStatusCode.OK, "");

    protected override void Replace(IServiceCollection services) =>
        services
            .AddSingleton(p => PayPalStandIn.Certificates(p.GetRequiredService<TimeProvider>()))
            .AddSingleton(
                new PaymentApi(
                    new HttpClient(
                        new AnsweringHandler(request =>
                        {
                            var (status, body) = Api(request);
                            return new HttpResponseMessage(status)
                            {
                                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                            };
                        })
                    )
                )
            );

    protected Task<string> UnmatchedAsync() => Http.GetStringAsync("api/manage/payments/unmatched");

    private protected Task<(int Status, string Body)> DeliverAsync(
        ProviderSamples.Sample sample,
        string type = "application/json"
    ) => DeliverAsync(sample.Provider, sample.Bytes, [.. sample.Headers.Select(h => (h.Key, h.Value))], type);

    /// <summary>The same delivery with another body, signed anew.</summary>
    private protected Task<(int Status, string Body)> DeliverAsync(string provider, string body) =>
        DeliverAsync(ProviderSamples.For(provider) with { Body = body });

    protected async Task<(int Status, string Body)> DeliverAsync(
        string provider,
        byte[] body,
        (string Name, string Value)[] headers,
        string type = "application/json",
        string key = Key
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{provider}/{key}")
        {
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = new(type);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answered = await Http.SendAsync(request);
        return ((int)answered.StatusCode, await answered.Content.ReadAsStringAsync());
    }
}
