using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// While a customer waits for an answer, nothing reminds it. Due Monday 16 March 2026: reminders on the 19th, the 23rd
/// and the 30th.
/// </summary>
public sealed class RepliesThatWait : Scenario
{
    private const string Number = "+447700900123";

    [Fact]
    public async Task A_message_stops_the_reminder_that_was_planned_a_minute_before_and_all_that_follow()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        await AdvanceToAsync("2026-03-18T09:00Z");
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await ReceiveTextAsync(Number, "I do not know this invoice");
        await Host.PumpAsync();
        await AdvanceDailyAsync("2026-03-20", "2026-03-31");

        Assert.DoesNotContain(Emails, IsToCustomer);
        Assert.Empty(SmsMessages);
        Assert.Equal("replyNotAnswered", await CodeAsync(id, "2026-03-19"));
        Assert.Equal("replyNotAnswered", await CodeAsync(id, "2026-03-24"));
    }

    [Fact]
    public async Task Once_it_is_done_the_highest_step_goes_out_and_no_burst()
    {
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        await PostInvoiceAsync(Invoice("HF-2", customer: Customer(phone: Number)));
        await AdvanceToAsync("2026-03-18T09:00Z");
        await ReceiveTextAsync(Number, "Who are you?");
        await AdvanceDailyAsync("2026-03-19", "2026-03-24");
        Assert.DoesNotContain(Emails, IsToCustomer);
        var waiting = Assert.Single(await OpenFollowUpsAsync());
        Assert.Equal(
            ("reply", "remindersOfCustomer", "invoiceIsNotReminded", "Who are you?"),
            (Text(waiting, "kind"), Text(waiting, "holdsUp"), Text(waiting, "ifNobodyActs"), Text(waiting, "text"))
        );

        await DoneAsync(Text(waiting, "id"), new { by = "Maya", result = "called him" });
        await AdvanceToAsync("2026-03-25T09:00Z");

        var mail = Assert.Single(Emails, IsToCustomer);
        Assert.Contains("HF-1", mail.Plain, StringComparison.Ordinal);
        Assert.Contains("HF-2", mail.Plain, StringComparison.Ordinal);
        Assert.Empty(await OpenFollowUpsAsync());
    }

    [Fact]
    public async Task Of_two_messages_the_second_still_waits_and_what_was_put_off_waits_too()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        await AdvanceToAsync("2026-03-18T09:00Z");
        await ReceiveTextAsync(Number, "one");
        await ReceiveTextAsync(Number, "two");
        var waiting = await OpenFollowUpsAsync();
        await DoneAsync(Text(waiting[0], "id"), new { by = "Maya", result = "called him" });
        await DoneAsync(Text(waiting[1], "id"), new { by = "Maya", until = "2026-03-27" });
        await AdvanceDailyAsync("2026-03-19", "2026-03-26");

        Assert.DoesNotContain(Emails, IsToCustomer);
        Assert.Equal("replyNotAnswered", await CodeAsync(id, "2026-03-26"));
    }

    [Fact]
    public async Task Thanks_and_statements_are_not_held_back()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Number)));
        await AdvanceToAsync("2026-03-18T09:00Z");
        await ReceiveTextAsync(Number, "I pay today");
        await PayAsync(id, "119.00", "2026-03-18");

        Assert.Single(Emails, IsToCustomer);
    }

    private static bool IsToCustomer(SentEmail mail) => mail.To[0].Contains("tom@amberley", StringComparison.Ordinal);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private async Task<string> CodeAsync(string id, string day) =>
        Text(await Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}/why?on={day}"), "code");

    private async Task DoneAsync(string id, object body)
    {
        using var response = await PostAsync($"api/manage/follow-ups/{id}/done", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
