using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

public sealed class StopAndStart : Scenario
{
    private const string Warning = "All sending is stopped";

    [Fact]
    public async Task Nothing_is_sent_while_stopped_and_every_message_once_after_the_start()
    {
        ExpectedWarnings.Add(Warning);
        // The step of this day is sent by email and SMS.
        await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-10", customer: Customer(phone: "+447700900001")));
        await PostInvoiceAsync(Invoice("HF-2", due: "2026-03-12", customer: Customer("brook", "amy@brook.example")));
        Host.Clock.SetTo(At("2026-03-17T09:00Z"));
        await PlanAsync();
        await StopAsync();

        await Host.PumpAsync();
        await AdvanceToAsync("2026-03-17T11:00Z");
        await RecoverAsync();
        await RecoverAsync();
        var (health, status) = (await HealthAsync(), await Http.GetAsync("api/health"));
        var preview = await StartAsync(new { by = "Maya", reason = "the mail server is ours again" });
        await RecoverAsync();

        Assert.Empty(Host.Outbox.Sent);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal(At("2026-03-17T09:00Z"), health.GetProperty("stoppedAt").GetDateTimeOffset());
        Assert.DoesNotContain("Maya", health.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("Maya", preview.GetProperty("stopped").GetProperty("by").GetString());
        Assert.Equal("mails to a wrong address", preview.GetProperty("stopped").GetProperty("reason").GetString());
        Assert.Equal(
            """{"email":2,"sms":1,"escalation":0,"call":0,"letter":0}""",
            preview.GetProperty("waiting").GetRawText()
        );

        var started = await StartAsync(
            new
            {
                by = "Maya",
                reason = "the mail server is ours again",
                confirm = true,
            }
        );
        await RecoverAsync();
        await RecoverAsync();

        Assert.False(started.TryGetProperty("stopped", out var stopped) && stopped.ValueKind != JsonValueKind.Null);
        Assert.Equal(2, started.GetProperty("changes").GetArrayLength());
        Assert.Equal((2, 1), (Emails.Count(), SmsMessages.Count()));
    }

    [Fact]
    public async Task A_message_planned_before_a_short_stop_is_sent_after_the_start()
    {
        ExpectedWarnings.Add(Warning);
        await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-10"));
        Host.Clock.SetTo(At("2026-03-17T09:00Z"));
        await PlanAsync();
        await StopAsync();
        await StartAsync(
            new
            {
                by = "Maya",
                reason = "false alarm",
                confirm = true,
            }
        );

        await Host.PumpAsync();

        Assert.Single(Emails);
    }

    [Fact]
    public async Task A_stop_that_is_answered_while_a_message_is_prepared_stops_it()
    {
        ExpectedWarnings.Add(Warning);
        var notice = await PlanOneAsync();
        var sent = 0;

        await DeliverAsync(
            notice,
            beforeClaim: StopAsync,
            send: () =>
            {
                sent++;
                return Task.CompletedTask;
            }
        );

        Assert.Equal(0, sent);
        Assert.Equal(NoticeState.Planned, (await NoticeAsync(notice))!.State);
        await StartAsync(
            new
            {
                by = "Maya",
                reason = "over",
                confirm = true,
            }
        );
        await AdvanceToAsync("2026-03-17T12:00Z");
        await RecoverAsync();
        Assert.Single(Emails);
    }

    [Fact]
    public async Task A_stop_is_confirmed_when_the_message_that_was_claimed_before_it_is_sent()
    {
        ExpectedWarnings.Add(Warning);
        var notice = await PlanOneAsync();
        HttpStatusCode? during = null;

        await DeliverAsync(
            notice,
            beforeClaim: () => Task.CompletedTask,
            send: async () => during = (await PostAsync("api/manage/stop", _stop)).StatusCode
        );
        using var afterwards = await PostAsync("api/manage/stop", _stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, during);
        Assert.Equal(HttpStatusCode.OK, afterwards.StatusCode);
        // Nothing more is claimed after the first answer, although it was not yet confirmed.
        await PostInvoiceAsync(Invoice("HF-9", due: "2026-03-10", customer: Customer("brook", "amy@brook.example")));
        await RunTimersAsync();
        Assert.Empty(Emails);
    }

    [Theory]
    [InlineData("stop", """{}""", "by required, reason required")]
    [InlineData("stop", """{"by":"Maya"}""", "reason required")]
    [InlineData("stop", """{"by":"Maya","reason":"x","confirm":true}""", "confirm unknown_field")]
    [InlineData("start", """{"by":"","reason":"x"}""", "by required")]
    [InlineData("start", """{"by":"Maya","reason":"x","confirm":"perhaps"}""", "confirm not_a_flag")]
    [InlineData("start", """{"by":"Maya","reason":"x","restoredFrom":"2026-03-01"}""", "restoredFrom not_an_instant")]
    [InlineData(
        "start",
        """{"by":"Maya","reason":"x","restoredFrom":"2027-03-01T00:00:00Z"}""",
        "restoredFrom in_the_future"
    )]
    public async Task Who_and_why_are_needed(string route, string body, string problems)
    {
        using var content = new StringContent(body, null, "application/json");
        using var response = await Http.PostAsync($"api/manage/{route}", content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray();
        Assert.Equal(
            problems,
            string.Join(
                ", ",
                errors.Select(e => $"{e.GetProperty("pointer").GetString()![2..]} {e.GetProperty("code").GetString()}")
            )
        );
    }

    [Fact]
    public async Task The_first_reason_stays_and_what_was_restored_is_decided_only_while_stopped()
    {
        ExpectedWarnings.Add(Warning);
        var restored = new
        {
            by = "Maya",
            reason = "restored",
            restoredFrom = "2026-03-01T00:00:00Z",
            confirm = true,
        };
        using var running = await PostAsync("api/manage/start", restored);
        await StopAsync();
        Host.Clock.Advance(TimeSpan.FromHours(1));
        using var again = await PostAsync("api/manage/stop", new { by = "Tom", reason = "another one" });

        Assert.Equal(HttpStatusCode.Conflict, running.StatusCode);
        var stopped = (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("stopped");
        Assert.Equal("Maya", stopped.GetProperty("by").GetString());
        Assert.Equal(At("2026-03-02T00:00Z"), stopped.GetProperty("at").GetDateTimeOffset());
    }

    private static readonly object _stop = new { by = "Maya", reason = "mails to a wrong address" };

    private async Task StopAsync()
    {
        using var response = await PostAsync("api/manage/stop", _stop);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement> StartAsync(object body)
    {
        using var response = await PostAsync("api/manage/start", body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private Task<JsonElement> HealthAsync() => Http.GetFromJsonAsync<JsonElement>("api/health");

    private async Task<Notice> PlanOneAsync()
    {
        Assert.True(InvoiceId.TryParse(await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-10")), out var id));
        Host.Clock.SetTo(At("2026-03-17T09:00Z"));
        await PlanAsync();
        return Assert.Single((await Table.ReadAsync(id.Customer, CancellationToken.None))!.Notices).Value;
    }

    private async Task<Notice?> NoticeAsync(Notice notice) =>
        (await Table.ReadAsync(notice.CustomerId, CancellationToken.None))?.Notice(notice.Id)?.Value;

    private Task DeliverAsync(Notice notice, Func<Task> beforeClaim, Func<Task> send) =>
        Host
            .Services.GetRequiredService<NoticeDelivery>()
            .DeliverAsync(
                new NoticeReady(notice.CustomerId, notice.Id),
                new ScriptedChannel(_ => beforeClaim(), _ => send()),
                CancellationToken.None
            );
}
