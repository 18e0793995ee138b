using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure;
using Dunning.Payments.Providers.Stripe;
using Dunning.Scheduling;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Storage is unavailable from 09:00 to 10:00 on Thursday 19 March, when two first reminders and an SMS are due.
/// </summary>
public sealed class StorageOutage : Scenario
{
    private readonly FailingStorageTransport _storage = new();

    protected override void ReplaceServices(IServiceCollection services) => _storage.Use(services);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", customer: Customer("bright", "ap@bright.example")));
        await PostInvoiceAsync(Invoice("HF-3", customer: Customer("lumen", email: null, phone: "+447700900456")));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        ExpectedWarnings.AddRange([FailingStorageTransport.ErrorMessage, "-poison"]);
    }

    [Fact]
    public async Task Requests_during_the_outage_get_5xx_and_everything_is_sent_an_hour_later()
    {
        _storage.Fail();
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => Host.RunTimerAsync(nameof(FindOverdueInvoices)));
        using var posted = await Http.PostAsJsonAsync("api/invoices", Invoice("HF-9"));
        var body = JsonSerializer.SerializeToUtf8Bytes(Paid("HF-1", 11900));
        using var paid = await WebhookAsync(body, StripeSignature.Sign(StripeSecret, body, Host.Clock.GetUtcNow()));
        Assert.InRange((int)posted.StatusCode, 500, 503);
        // The only response that makes a provider repeat a webhook.
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (paid.StatusCode, paid.Headers.RetryAfter is not null));

        _storage.Restore();
        await AdvanceToAsync("2026-03-19T10:00Z");
        Assert.Equal(
            ["ap@bright.example", "tom@amberley.example"],
            Emails.Select(mail => mail.To[0]).Select(Address).Order()
        );
        Assert.Single(SmsMessages);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(45)]
    [InlineData(60)]
    [InlineData(70)]
    [InlineData(80)]
    [InlineData(95)]
    public async Task After_an_outage_at_any_request_each_customer_gets_one_message(int afterRequests)
    {
        _storage.Fail(afterRequests);
        for (var minutes = 0; minutes < 60; minutes += 5)
        {
            await TryAsync(PlanAsync);
            await Host.PumpAsync();
            await TryAsync(RecoverAsync);
            Host.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        _storage.Restore();
        for (var hours = 0; hours < 5; hours++)
        {
            await RunTimersAsync();
            await RecoverAsync();
            Host.Clock.Advance(TimeSpan.FromMinutes(65));
        }
        Assert.Equal(
            ["ap@bright.example", "tom@amberley.example"],
            Emails.Select(mail => mail.To[0]).Select(Address).Order()
        );
        Assert.Single(SmsMessages);
        Assert.Equal(0, Host.Outbox.Repeats);
        var recover = await Http.GetFromJsonAsync<JsonElement>("api/manage/recover");
        Assert.Empty(recover.GetProperty("inDoubt").EnumerateArray());
        Assert.Empty(recover.GetProperty("stalled").EnumerateArray());
    }

    private static async Task TryAsync(Func<Task> timer)
    {
        try
        {
            await timer();
        }
        catch (RequestFailedException failure)
            when (failure.Message.Contains(FailingStorageTransport.ErrorMessage, StringComparison.Ordinal))
        {
            // The timer runs again.
        }
        catch (AggregateException failure)
            when (failure.ToString().Contains(FailingStorageTransport.ErrorMessage, StringComparison.Ordinal))
        {
            // The timer runs again.
        }
    }

    private static string Address(string mailbox) =>
        mailbox.Contains('<', StringComparison.Ordinal)
            ? mailbox[(mailbox.IndexOf('<', StringComparison.Ordinal) + 1)..^1]
            : mailbox;
}
