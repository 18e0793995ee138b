using System.Net;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>A person does not wait for the day of the next step.</summary>
[Trait("Category", "Long")]
public sealed class RemindersSentNow : Scenario
{
    [Fact]
    public async Task The_next_step_goes_out_now_once_and_the_later_ones_on_their_days()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceToAsync("2026-03-18T10:00Z");
        var (first, _) = await RemindAsync(id);
        await Host.PumpAsync();
        var (again, problem) = await RemindAsync(id);
        await AdvanceDailyAsync("2026-03-19", "2026-03-22");

        Assert.Equal(HttpStatusCode.OK, first);
        Assert.Equal(
            (HttpStatusCode.Conflict, true),
            (again, problem.Contains("today already", StringComparison.Ordinal))
        );
        Assert.Equal(["Reminder: invoice HF-1"], LettersTo("tom").Select(letter => letter.Subject));
        var asked = (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray().First(IsAsked);
        Assert.Equal("Maya", asked.GetProperty("by").GetString());

        await AdvanceDailyAsync("2026-03-23", "2026-03-24");
        Assert.Equal(
            ["Reminder: invoice HF-1", "Can we help with invoice HF-1?"],
            LettersTo("tom").Select(letter => letter.Subject)
        );
    }

    [Fact]
    public async Task Yesterdays_reminder_does_not_hold_it_back_and_the_person_is_told_of_it()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceDailyAsync("2026-03-16", "2026-03-19");
        Host.Clock.SetTo(At("2026-03-20T10:00Z"));
        var (_, answer) = await RemindAsync(id);
        await Host.PumpAsync();

        Assert.Contains("The customer was reminded on 2026-03-19.", answer, StringComparison.Ordinal);
        Assert.Equal("Can we help with invoice HF-1?", LettersTo("tom")[^1].Subject);
    }

    [Fact]
    public async Task At_night_it_waits_for_the_hours_in_which_messages_are_sent()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-05T23:30Z"));
        await RemindAsync(id);
        await Host.PumpAsync();
        Assert.Empty(Emails);

        await AdvanceToAsync("2026-03-06T09:00Z");
        Assert.Single(Emails);
    }

    [Fact]
    public async Task A_step_that_needs_approval_is_approved_by_the_request()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-03"));
        await AdvanceDailyAsync("2026-03-06", "2026-03-27");
        var (status, _) = await RemindAsync(id);
        await Host.PumpAsync();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("Final reminder: invoice HF-1", LettersTo("tom")[^1].Subject);
    }

    [Theory]
    [InlineData("hold", "on hold")]
    [InlineData("dispute", "in dispute")]
    [InlineData("void", "void")]
    public async Task What_may_not_be_demanded_is_not(string change, string reason)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var changed = await PostAsync($"api/invoices/{id}/{change}", new { });
        var (status, problem) = await RemindAsync(id);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Empty(Emails);
    }

    private async Task<(HttpStatusCode Status, string Body)> RemindAsync(string id)
    {
        using var response = await PostAsync($"api/invoices/{id}/remind", new { by = "Maya" });
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static bool IsAsked(JsonElement e) =>
        e.TryGetProperty("reason", out var reason) && reason.GetString() == "sendNow";
}
