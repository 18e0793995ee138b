using System.Net;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Tests.Payments;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// The invoice of a webhook that holds only an id is known from the provider's API, and later the API knows it no more.
/// </summary>
public sealed class PendingMarks : ProviderScenario
{
    private const string Awaited = "a payment has been reported and is being applied";
    private const string Form = "application/x-www-form-urlencoded";

    public static TheoryData<string> ProvidersWithApi =>
        [GoCardlessProvider.Name, MollieProvider.Name, MollieClassicProvider.Name];

    [Theory]
    [MemberData(nameof(ProvidersWithApi))]
    public async Task A_payment_that_the_provider_no_longer_knows_does_not_stop_reminders(string provider)
    {
        var id = await PostInvoiceAsync();
        await AnnounceAsync(provider);
        Assert.Equal(Awaited, await WhyNotDemandedAsync(id));

        ApiHandler = _ => (HttpStatusCode.NotFound, "");
        await Host.PumpAsync();

        Assert.Null(await WhyNotDemandedAsync(id));
        Assert.Contains("has no object", await UnmatchedAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ProvidersWithApi))]
    public async Task A_payment_that_names_another_invoice_by_now_does_not_stop_reminders_of_the_first(string provider)
    {
        var id = await PostInvoiceAsync();
        await AnnounceAsync(provider);

        ApiHandler = _ => (HttpStatusCode.OK, Payment(provider).Replace("2026-0042", "77", StringComparison.Ordinal));
        await Host.PumpAsync();

        Assert.Null(await WhyNotDemandedAsync(id));
    }

    [Theory]
    [MemberData(nameof(ProvidersWithApi))]
    public async Task A_discarded_payment_does_not_stop_reminders(string provider)
    {
        var id = await PostInvoiceAsync();
        await AnnounceAsync(provider);
        await ClearQueueAsync(Queues.PaymentsReceived);
        var inbox = Host.Services.GetRequiredService<Inbox>();
        var delivery = await inbox.FindNewAsync(default).SingleAsync();

        await Queue.SendAsync(
            Queues.PaymentsReceived,
            delivery.Value.Message with
            {
                Decision = new(OperatorDecisionKind.Discarded, "Maya", "test", ProviderSamples.Now),
            },
            TimeSpan.Zero,
            default
        );
        await Host.PumpAsync();

        Assert.Null(await WhyNotDemandedAsync(id));
        Assert.Contains("decided", await EventsAsync(id));
    }

    [Theory]
    [MemberData(nameof(ProvidersWithApi))]
    public async Task A_payment_that_came_before_its_invoice_and_is_unknown_by_now_does_not_stop_reminders(
        string provider
    )
    {
        await AnnounceAsync(provider);
        await Host.PumpAsync();
        var id = await PostInvoiceAsync();
        Assert.Equal(Awaited, await WhyNotDemandedAsync(id));

        ApiHandler = _ => (HttpStatusCode.NotFound, "");
        await Host.PumpAsync();

        Assert.Null(await WhyNotDemandedAsync(id));
    }

    [Fact]
    public async Task A_repeated_webhook_keeps_what_the_first_one_marked()
    {
        var id = await PostInvoiceAsync();
        await AnnounceAsync(GoCardlessProvider.Name);
        await ClearQueueAsync(Queues.PaymentsReceived);
        ApiHandler = _ => (HttpStatusCode.NotFound, "");
        await DeliverAsync(Sample(GoCardlessProvider.Name));
        Assert.Equal(Awaited, await WhyNotDemandedAsync(id));

        await Host.PumpAsync();

        Assert.Null(await WhyNotDemandedAsync(id));
    }

    private Task<string> PostInvoiceAsync() =>
        PostInvoiceAsync(Invoice("2026-0042", currency: "EUR", issued: "2025-12-01", due: "2026-01-20"));

    private async Task AnnounceAsync(string provider)
    {
        ApiHandler = _ => (HttpStatusCode.OK, Payment(provider));
        var (status, body) = await DeliverAsync(
            Sample(provider),
            provider == MollieClassicProvider.Name ? Form : "application/json"
        );
        Assert.True(status == 200, body);
    }

    /// <summary>A webhook that names the payment and no invoice.</summary>
    private static ProviderSamples.Sample Sample(string provider) =>
        ProviderSamples.For(provider) with
        {
            Body = provider switch
            {
                GoCardlessProvider.Name =>
                    """{"events":[{"id":"EV1","created_at":"2026-01-05T09:00:00.000Z","resource_type":"payments","action":"confirmed","links":{"payment":"PM1"}}]}""",
                MollieProvider.Name =>
                    """{"resource":"event","id":"whe_1","type":"payment.paid","entityId":"tr_1","createdAt":"2026-01-05T09:00:00+00:00"}""",
                _ => "id=tr_1",
            },
        };

    private static string Payment(string provider) =>
        provider == GoCardlessProvider.Name
            ? """{"payments":{"id":"PM1","amount":11900,"currency":"EUR","reference":"2026-0042"}}"""
            : """{"id":"tr_1","mode":"live","status":"paid","amount":{"value":"119.00","currency":"EUR"},"metadata":{"invoice_number":"2026-0042"} }""";

    private async Task<string?> WhyNotDemandedAsync(string id) =>
        (await GetInvoiceAsync(id)).TryGetProperty("whyNotDemanded", out var why) ? why.GetString() : null;
}
