using System.Net;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Providers.Xero;
using Dunning.Tests.Payments;

namespace Dunning.Tests.Scenarios;

public sealed class ManyProviders : ProviderScenario
{
    [Fact]
    public async Task Each_gets_the_answer_it_expects_and_a_forgery_is_refused()
    {
        ApiHandler = _ => (HttpStatusCode.NotFound, "");
        foreach (
            var sample in ProviderSamples.All.Where(sample => PaymentProviders.Find(sample.Provider)!.NeedsSecrets)
        )
        {
            var expected = sample.Provider switch
            {
                XeroProvider.Name => "",
                AdyenProvider.Name or AdyenManualCaptureProvider.Name or AdyenPlatformProvider.Name => "[accepted]",
                _ => """{"received":true}""",
            };
            Assert.Equal((sample.Provider, 200, expected), await SendAsync(sample));
            // A repeated delivery is a duplicate and gets the same response.
            Assert.Equal((sample.Provider, 200, expected), await SendAsync(sample));
            // Adyen signs items, not the whole body, so an item is changed too.
            var forged = sample with
            {
                Body = sample.Body.Replace("8853", "8854", StringComparison.Ordinal) + " ",
                Signature = sample.Signature is null ? null : _ => "x",
            };
            Assert.Equal((sample.Provider, 401), Code(await SendAsync(forged)));
        }
    }

    [Fact]
    public async Task Only_Mollies_classic_webhook_may_post_a_form_and_it_may_post_nothing_else()
    {
        ApiHandler = _ => (HttpStatusCode.NotFound, "");
        var mollieClassic = ProviderSamples.For(MollieClassicProvider.Name);
        var form = new ProviderSamples.Sample(RazorpayProvider.Name, "id=tr_1", "");

        Assert.Equal((MollieClassicProvider.Name, 415), Code(await SendAsync(mollieClassic, "application/json")));
        Assert.Equal((RazorpayProvider.Name, 415), Code(await SendAsync(form, "application/x-www-form-urlencoded")));
        Assert.Equal(
            (MollieClassicProvider.Name, 200),
            Code(await SendAsync(mollieClassic, "application/x-www-form-urlencoded"))
        );
        Assert.Equal((PayPalProvider.Name, 401), Code(await SendAsync(ProviderSamples.For(PayPalProvider.Name))));
    }

    [Fact]
    public async Task A_direct_debit_that_fails_after_it_was_collected_opens_the_invoice_again()
    {
        var id = await PostInvoiceAsync(Invoice("2026-0042", currency: "EUR", issued: "2025-12-01", due: "2026-01-20"));
        var failed = ProviderSamples.For(GoCardlessProvider.Name);
        var confirmed = failed with
        {
            Body = failed
                .Body.Replace("failed", "confirmed", StringComparison.Ordinal)
                .Replace("EV1", "EV0", StringComparison.Ordinal)
                .Replace("T09", "T08", StringComparison.Ordinal),
        };
        ApiHandler = _ => (HttpStatusCode.OK, """{"payments":{"id":"PM1","amount":11900,"currency":"EUR"}}""");

        await SendAsync(confirmed);
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(id));

        await SendAsync(failed);
        await Host.PumpAsync();
        Assert.Equal("119.00", (await GetInvoiceAsync(id)).GetProperty("balance").GetString());
        Assert.NotEqual("settled", await StateAsync(id));
        Assert.Contains("reopened", await EventsAsync(id));

        await SendAsync(confirmed);
        await Host.PumpAsync();
        Assert.Equal("119.00", (await GetInvoiceAsync(id)).GetProperty("balance").GetString());
    }

    [Fact]
    public async Task A_Mollie_classic_webhook_is_queried_each_time_and_marks_the_invoice_only_until_it_is_applied()
    {
        ExpectedWarnings.Add("A test event was sent to the live mollie-classic endpoint");
        var id = await PostInvoiceAsync(Invoice("2026-0042", currency: "EUR", issued: "2025-12-01", due: "2026-01-20"));
        var mollieClassic = ProviderSamples.For(MollieClassicProvider.Name);
        ApiHandler = _ => (HttpStatusCode.OK, Payment("open", "live"));
        await SendAsync(mollieClassic, "application/x-www-form-urlencoded");
        await Host.PumpAsync();
        Assert.Contains("paymentPending", await EventsAsync(id));

        ApiHandler = _ => (HttpStatusCode.OK, Payment("paid", "test"));
        Host.Clock.SetTo(ProviderSamples.Now.AddMinutes(1));
        await SendAsync(mollieClassic, "application/x-www-form-urlencoded");
        Assert.Equal(
            "a payment has been reported and is being applied",
            (await GetInvoiceAsync(id)).GetProperty("whyNotDemanded").GetString()
        );
        await Host.PumpAsync();
        Assert.NotEqual("settled", await StateAsync(id));
        Assert.NotEqual(
            "a payment has been reported and is being applied",
            (await GetInvoiceAsync(id)).GetProperty("whyNotDemanded").GetString()
        );

        ApiHandler = _ => (HttpStatusCode.OK, Payment("paid", "live"));
        Host.Clock.SetTo(ProviderSamples.Now.AddMinutes(2));
        await SendAsync(mollieClassic, "application/x-www-form-urlencoded");
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(id));
    }

    [Fact]
    public async Task A_webhook_that_contains_only_an_id_is_accepted_after_its_payment_was_queried()
    {
        var id = await PostInvoiceAsync(Invoice("2026-0042", currency: "EUR", issued: "2025-12-01", due: "2026-01-20"));
        var mollieClassic = ProviderSamples.For(MollieClassicProvider.Name);
        ApiHandler = _ => (HttpStatusCode.ServiceUnavailable, "");
        Assert.Equal(
            (MollieClassicProvider.Name, 503),
            Code(await SendAsync(mollieClassic, "application/x-www-form-urlencoded"))
        );

        ApiHandler = _ => (HttpStatusCode.OK, Payment("paid", "live"));
        Host.Clock.SetTo(ProviderSamples.Now.AddMinutes(1));
        Assert.Equal(
            (MollieClassicProvider.Name, 200),
            Code(await SendAsync(mollieClassic, "application/x-www-form-urlencoded"))
        );
        Assert.Equal(
            "a payment has been reported and is being applied",
            (await GetInvoiceAsync(id)).GetProperty("whyNotDemanded").GetString()
        );
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(id));
    }

    private static string Payment(string status, string mode) =>
        $$"""{"id":"tr_1","mode":"{{mode}}","status":"{{status}}","amount":{"value":"119.00","currency":"EUR"},"metadata":{"invoice_number":"2026-0042"} }""";

    private static (string Provider, int Status) Code((string Provider, int Status, string Body) answer) =>
        (answer.Provider, answer.Status);

    private async Task<(string Provider, int Status, string Body)> SendAsync(
        ProviderSamples.Sample sample,
        string type = "application/json"
    )
    {
        var (status, body) = await DeliverAsync(sample, type);
        return (sample.Provider, status, body);
    }
}
