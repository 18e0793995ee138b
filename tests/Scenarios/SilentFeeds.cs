using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Payments come from a provider each day, and then no more: somebody has switched the webhook off. Nobody is
/// threatened on old data.
/// </summary>
public sealed class SilentFeeds : Scenario
{
    protected override string Policies =>
        """
            [{"name":"default","version":3,"steps":[
              {"id":"first","days":3,"tone":"friendly","channels":["email"]},
              {"id":"third","days":7,"tone":"firm","channels":["email","escalation"]},
              {"id":"call","days":9,"tone":"followUp","channels":[],"followUp":"Call."},
              {"id":"final","days":14,"tone":"final","channels":["email"],"payByDays":10}]}]
            """;

    [Fact]
    public async Task A_webhook_that_is_silent_for_six_days_holds_final_notices_until_something_comes()
    {
        var late = await PostInvoiceAsync(Invoice("HF-1", due: "2026-02-26"));
        var young = await PostInvoiceAsync(
            Invoice("HF-2", due: "2026-03-09", customer: Customer("brook", "amy@brook.example"))
        );
        // The usual gap is one day: from the fourth day of silence on, escalations wait.
        await HearDailyAsync("2026-03-02", "2026-03-06");
        Assert.Equal(1, (await FeedAsync()).GetProperty("usualDays").GetInt32());
        await AdvanceDailyAsync("2026-03-07", "2026-03-09");
        Assert.False((await FeedAsync()).GetProperty("isSilent").GetBoolean());
        Assert.Empty(await SilentAsync());
        var before = Emails.Count();

        await AdvanceDailyAsync("2026-03-10", "2026-03-12");

        // The friendly reminder went out, and the final notice did not: six days of silence.
        var feed = await FeedAsync();
        Assert.Equal((6, true), (feed.GetProperty("silentDays").GetInt32(), feed.GetProperty("isSilent").GetBoolean()));
        Assert.Equal(before + 1, Emails.Count());
        Assert.Equal("first", (await GetInvoiceAsync(young)).GetProperty("step").GetString());
        Assert.NotEqual("final", (await GetInvoiceAsync(late)).GetProperty("step").GetString());
        Assert.Equal(["stripe"], (await SilentAsync()).Select(item => item.GetProperty("text").GetString()));
        var health = await Http.GetFromJsonAsync<JsonElement>("api/health");
        Assert.Equal(
            ("degraded", 1),
            (health.GetProperty("status").GetString(), health.GetProperty("silentFeeds").GetInt32())
        );
        var why = await Http.GetFromJsonAsync<JsonElement>($"api/invoices/{late}/why?on=2026-03-12");
        Assert.Equal("feedSilent", why.GetProperty("code").GetString());
        // It is told once, not every day.
        Assert.Single(
            await SaidAsync(late, "postponed"),
            text => text.Contains("nothing has come from stripe", StringComparison.Ordinal)
        );

        // The webhook works again: what waited goes out on the next day.
        await HearDailyAsync("2026-03-13", "2026-03-13");
        // Each instance looks again after fifteen seconds.
        Host.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(await SilentAsync());
        await AdvanceDailyAsync("2026-03-14", "2026-03-18");
        Assert.Equal("final", (await GetInvoiceAsync(late)).GetProperty("step").GetString());
    }

    [Fact]
    public async Task A_person_who_has_looked_lets_it_go_on()
    {
        var late = await PostInvoiceAsync(Invoice("HF-1", due: "2026-02-26"));
        await HearDailyAsync("2026-03-02", "2026-03-06");
        await AdvanceDailyAsync("2026-03-07", "2026-03-12");
        var id = Assert.Single(await SilentAsync()).GetProperty("resolve").GetString()!.Split(' ')[1].TrimStart('/');

        using var nobody = await PostAsync(id, new { });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.StatusCode);
        using var unknown = await PostAsync("api/manage/feeds/none/confirm", new { by = "Maya" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var confirmed = await PostAsync(id, new { by = "Maya" });
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);

        Assert.Empty(await SilentAsync());
        await AdvanceDailyAsync("2026-03-13", "2026-03-13");
        Assert.Equal("final", (await GetInvoiceAsync(late)).GetProperty("step").GetString());
        Assert.Equal("Maya", (await FeedAsync()).GetProperty("confirmedBy").GetString());
    }

    [Fact]
    public async Task A_task_for_a_person_does_not_overtake_the_reminder_that_waits()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-03"));
        await HearDailyAsync("2026-03-02", "2026-03-06");
        // The firm reminder is due on the 10th, the first day of silence, and the call on the 12th.
        await AdvanceDailyAsync("2026-03-07", "2026-03-13");
        Assert.Equal("first", (await GetInvoiceAsync(id)).GetProperty("step").GetString());
        Assert.DoesNotContain("taskForPerson", await EventsAsync(id));

        await HearDailyAsync("2026-03-14", "2026-03-14");
        Host.Clock.Advance(TimeSpan.FromSeconds(15));
        await AdvanceDailyAsync("2026-03-15", "2026-03-17");

        // As after any delay the highest step is taken, and the history says which one is not.
        Assert.Contains("taskForPerson", await EventsAsync(id));
        Assert.Contains("stepSkipped", await EventsAsync(id));
    }

    /// <summary>Something comes from Stripe on each day, at ten in the morning.</summary>
    private async Task HearDailyAsync(string from, string to)
    {
        for (var day = DateOnly.Parse(from, Culture); day <= DateOnly.Parse(to, Culture); day = day.AddDays(1))
        {
            await AdvanceDailyAsync($"{day:yyyy-MM-dd}", $"{day:yyyy-MM-dd}");
            await StripeAsync(
                new
                {
                    id = $"evt_{day:yyyyMMdd}",
                    type = "customer.created",
                    created = Host.Clock.GetUtcNow().ToUnixTimeSeconds(),
                    livemode = true,
                    data = new { @object = new { id = "cus_1", @object = "customer" } },
                }
            );
            await Host.PumpAsync();
        }
    }

    private static System.Globalization.CultureInfo Culture => System.Globalization.CultureInfo.InvariantCulture;

    private async Task<JsonElement> FeedAsync() =>
        (await Http.GetFromJsonAsync<JsonElement>("api/manage/feeds")).GetProperty("feeds")[0];

    private async Task<IReadOnlyList<JsonElement>> SilentAsync() =>
        [
            .. (await Http.GetFromJsonAsync<JsonElement>("api/manage/follow-ups?kind=feedSilent"))
                .GetProperty("followUps")
                .EnumerateArray(),
        ];
}
