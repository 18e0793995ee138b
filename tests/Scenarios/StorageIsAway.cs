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
/// Storage does not answer from nine to ten on Thursday 19 March, the morning of two first reminders and a text
/// message.
/// </summary>
public sealed class StorageIsAway : Story
{
    private readonly CutLine _line = new();

    protected override void Replace(IServiceCollection services) => _line.Use(services);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", customer: Customer("bright", "ap@bright.example")));
        await PostInvoiceAsync(Invoice("HF-3", customer: Customer("lumen", email: null, phone: "+447700900456")));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        ExpectedWarnings.AddRange([CutLine.Silence, "-poison"]);
    }

    [Fact]
    public async Task Whoever_calls_meanwhile_is_told_to_come_again_and_an_hour_later_all_is_sent()
    {
        _line.Cut();
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => Host.RunTimerAsync(nameof(FindOverdueInvoices)));
        using var posted = await Http.PostAsJsonAsync("api/invoices", Invoice("HF-9"));
        var body = JsonSerializer.SerializeToUtf8Bytes(Paid("HF-1", 11900));
        using var paid = await WebhookAsync(body, StripeSignature.Sign(StripeSecret, body, Host.Clock.GetUtcNow()));
        Assert.InRange((int)posted.StatusCode, 500, 503);
        // The one answer to a webhook that asks for another try.
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (paid.StatusCode, paid.Headers.RetryAfter is not null));

        _line.Restore();
        await ComeAsync("2026-03-19T10:00Z");
        Assert.Equal(
            ["ap@bright.example", "tom@amberley.example"],
            Emails.Select(mail => mail.To[0]).Select(Address).Order()
        );
        Assert.Single(Texts);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(45)]
    [InlineData(60)]
    [InlineData(70)]
    [InlineData(80)]
    [InlineData(95)]
    public async Task Wherever_it_was_cut_off_everybody_is_written_to_once(int afterRequests)
    {
        _line.Cut(afterRequests);
        for (var minutes = 0; minutes < 60; minutes += 5)
        {
            await TryAsync(PlanAsync);
            await Host.PumpAsync();
            await TryAsync(RecoverAsync);
            Host.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        _line.Restore();
        for (var hours = 0; hours < 5; hours++)
        {
            await TickAsync();
            await RecoverAsync();
            Host.Clock.Advance(TimeSpan.FromMinutes(65));
        }
        Assert.Equal(
            ["ap@bright.example", "tom@amberley.example"],
            Emails.Select(mail => mail.To[0]).Select(Address).Order()
        );
        Assert.Single(Texts);
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
        catch (RequestFailedException silence)
            when (silence.Message.Contains(CutLine.Silence, StringComparison.Ordinal))
        {
            // The timer comes again.
        }
        catch (AggregateException silence) when (silence.ToString().Contains(CutLine.Silence, StringComparison.Ordinal))
        {
            // The timer comes again.
        }
    }

    private static string Address(string party) =>
        party.Contains('<', StringComparison.Ordinal)
            ? party[(party.IndexOf('<', StringComparison.Ordinal) + 1)..^1]
            : party;
}
