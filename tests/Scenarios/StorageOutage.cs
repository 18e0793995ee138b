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
[Trait("Category", "Long")]
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
    [InlineData("POST", "api/invoices")]
    [InlineData("GET", "api/invoices/{id}")]
    [InlineData("GET", "api/invoices?externalId=HF-1")]
    [InlineData("POST", "api/invoices/{id}/payments")]
    [InlineData("DELETE", "api/invoices/{id}/payments/bank-1")]
    [InlineData("POST", "api/invoices/{id}/hold")]
    [InlineData("POST", "api/manage/scan")]
    [InlineData("GET", "api/manage/recover")]
    [InlineData("POST", "api/manage/recover/x/replay")]
    [InlineData("GET", "api/manage/payments/unmatched")]
    [InlineData("GET", "api/manage/replies")]
    [InlineData("DELETE", "api/customers/{customer}")]
    public async Task Every_route_asks_to_come_again_and_then_answers(string method, string path)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        path = path.Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{customer}", id.Split('-')[0], StringComparison.Ordinal);
        _storage.Fail();
        using var refused = await SendAsync(method, path);
        _storage.Restore();
        using var answered = await SendAsync(method, path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", refused.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(refused.Headers.CacheControl!.NoStore);
        Assert.Equal("DENY", refused.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", refused.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(refused.Headers.Contains("Server"));
        Assert.DoesNotContain(
            FailingStorageTransport.ErrorMessage,
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.InRange((int)answered.StatusCode, 200, 499);
    }

    [Fact]
    public async Task A_line_of_an_import_is_to_be_sent_again()
    {
        _storage.Fail();
        using var lines = new StringContent(JsonSerializer.Serialize(Invoice("HF-9")));
        lines.Headers.ContentType = new("application/x-ndjson");
        using var response = await Http.PostAsync("api/invoices/import", lines);
        _storage.Restore();

        Assert.Equal(503, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetInt32());
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

    private async Task<HttpResponseMessage> SendAsync(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        object? body = (method, path) switch
        {
            ("POST", "api/invoices") => Invoice("HF-9"),
            (_, var payments) when payments.Contains("/payments", StringComparison.Ordinal) && method != "GET" => method
            == "POST"
                ? new { amount = "1.00", currency = "GBP" }
                : new { by = "Maya", reason = "typed twice" },
            _ => null,
        };
        if (body is not null)
            request.Content = JsonContent.Create(body);
        request.Headers.Add("Idempotency-Key", "k");
        return await Http.SendAsync(request);
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
