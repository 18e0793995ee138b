using System.Net;
using System.Text;
using Dunning.Settle;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Notify;
using Dunning.Tests.Settle;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>Each provider at its own endpoint, and an API that answers as the story says.</summary>
public sealed class ManyProviders : Story
{
    private const string Key = "an-endpoint-key-of-the-story";
    private string answer = "";
    private HttpStatusCode status = HttpStatusCode.OK;

    protected override DateTimeOffset Start => ProviderSamples.Now;

    protected override Dictionary<string, string?> Settings => ProviderSamples.Settings(first: 2, Key);

    protected override void Replace(IServiceCollection services) => services.AddSingleton(new PaymentApi(new HttpClient(
        new AnsweringHandler(_ => new HttpResponseMessage(status) { Content = new StringContent(answer, Encoding.UTF8, "application/json") }))));

    [Fact]
    public async Task Each_gets_the_answer_it_expects_and_a_forgery_is_refused()
    {
        foreach (var sample in ProviderSamples.All.Where(sample => WebhookSignatures.Knows(sample.Provider)))
        {
            var expected = sample.Provider switch
            {
                Providers.Xero => "",
                Providers.Adyen or Providers.AdyenManualCapture or Providers.AdyenPlatform => "[accepted]",
                _ => """{"received":true}""",
            };
            Assert.Equal((sample.Provider, 200, expected), await SendAsync(sample));
            // A second time it is a duplicate, and gets the same.
            Assert.Equal((sample.Provider, 200, expected), await SendAsync(sample));
            // Adyen signs items, not the bytes around them: its item is changed too.
            var forged = sample with { Body = sample.Body.Replace("8853", "8854", StringComparison.Ordinal) + " ", Signature = sample.Signature is null ? null : _ => "x" };
            Assert.Equal((sample.Provider, 401), Code(await SendAsync(forged)));
        }
    }

    [Fact]
    public async Task Only_Mollies_classic_webhook_may_post_a_form_and_it_may_post_nothing_else()
    {
        var ping = ProviderSamples.Of(Providers.MollieClassic);
        var form = new ProviderSamples.Sample(Providers.Razorpay, "id=tr_1", "");

        Assert.Equal((Providers.MollieClassic, 415), Code(await SendAsync(ping, "application/json")));
        Assert.Equal((Providers.Razorpay, 415), Code(await SendAsync(form, "application/x-www-form-urlencoded")));
        Assert.Equal((Providers.MollieClassic, 200), Code(await SendAsync(ping, "application/x-www-form-urlencoded")));
        Assert.Equal((Providers.PayPal, 401), Code(await SendAsync(ProviderSamples.Of(Providers.PayPal))));
    }

    [Fact]
    public async Task A_direct_debit_that_fails_after_it_was_collected_opens_the_invoice_again()
    {
        var id = await PostInvoiceAsync(Invoice("2026-0042", currency: "EUR", issued: "2025-12-01", due: "2026-01-20"));
        var failed = ProviderSamples.Of(Providers.GoCardless);
        var confirmed = failed with { Body = failed.Body.Replace("failed", "confirmed", StringComparison.Ordinal).Replace("EV1", "EV0", StringComparison.Ordinal).Replace("T09", "T08", StringComparison.Ordinal) };
        answer = """{"payments":{"id":"PM1","amount":11900,"currency":"EUR"}}""";

        await SendAsync(confirmed);
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(id));

        await SendAsync(failed);
        await Host.PumpAsync();
        Assert.Equal("119.00", (await ViewAsync(id)).GetProperty("balance").GetString());
        Assert.NotEqual("settled", await StateAsync(id));
        Assert.Contains("reopened", await EventsAsync(id));

        await SendAsync(confirmed);
        await Host.PumpAsync();
        Assert.Equal("119.00", (await ViewAsync(id)).GetProperty("balance").GetString());
    }

    [Fact]
    public async Task Mollies_ping_is_read_anew_each_time_and_holds_the_invoice_only_until_it_is_read()
    {
        var id = await PostInvoiceAsync(Invoice("2026-0042", currency: "EUR", issued: "2025-12-01", due: "2026-01-20"));
        var ping = ProviderSamples.Of(Providers.MollieClassic);
        answer = Payment("open", "live");
        await SendAsync(ping, "application/x-www-form-urlencoded");
        await Host.PumpAsync();
        Assert.Contains("paymentPending", await EventsAsync(id));

        answer = Payment("paid", "test");
        Host.Clock.SetTo(ProviderSamples.Now.AddMinutes(1));
        await SendAsync(ping, "application/x-www-form-urlencoded");
        Assert.Equal("a payment has been reported and is being applied", (await ViewAsync(id)).GetProperty("whyNotDemanded").GetString());
        await Host.PumpAsync();
        Assert.NotEqual("settled", await StateAsync(id));
        Assert.NotEqual("a payment has been reported and is being applied", (await ViewAsync(id)).GetProperty("whyNotDemanded").GetString());

        answer = Payment("paid", "live");
        Host.Clock.SetTo(ProviderSamples.Now.AddMinutes(2));
        await SendAsync(ping, "application/x-www-form-urlencoded");
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(id));
    }

    private static string Payment(string status, string mode) =>
        $$"""{"id":"tr_1","mode":"{{mode}}","status":"{{status}}","amount":{"value":"119.00","currency":"EUR"},"metadata":{"invoice_number":"2026-0042"} }""";

    private static (string Provider, int Status) Code((string Provider, int Status, string Body) answer) => (answer.Provider, answer.Status);

    private async Task<(string Provider, int Status, string Body)> SendAsync(ProviderSamples.Sample sample, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/webhooks/{sample.Provider}/{Key}") { Content = new ByteArrayContent(sample.Bytes) };
        request.Content.Headers.ContentType = new(type);
        foreach (var (name, value) in sample.Headers)
            request.Headers.Add(name, value);
        using var answered = await Http.SendAsync(request);
        return (sample.Provider, (int)answered.StatusCode, await answered.Content.ReadAsStringAsync());
    }
}
