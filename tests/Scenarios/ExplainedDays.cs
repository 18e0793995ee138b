using System.Net;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>Why a customer got that message, and why that one did not: asked afterwards, from what is stored.</summary>
[Trait("Category", "Long")]
public sealed class ExplainedDays : Scenario
{
    private const string Stopped = "All sending is stopped";

    [Fact]
    public async Task A_reminder_says_what_was_sent_to_whom_and_the_days_around_it_say_what_was_next()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        await AdvanceDailyAsync("2026-03-03", "2026-03-25");

        var sent = await WhyAsync(id, "2026-03-23");
        var before = await WhyAsync(id, "2026-03-21");

        Assert.Equal(("sent", "sent", "second"), (Text(sent, "decision"), Text(sent, "code"), Text(sent, "step")));
        Assert.Equal(
            ["+447700900123", "tom@amberley.example"],
            sent.GetProperty("to").EnumerateArray().Select(to => to.GetString()).Order(StringComparer.Ordinal)
        );
        var message = sent.GetProperty("messages")[0];
        Assert.Equal(("helpful", "second"), (Text(message, "tone"), Text(message, "step")));
        Assert.Equal(["planned", "sent", "sent"], Kinds(sent).Order());
        Assert.Equal(("notSent", "nextStepLater"), (Text(before, "decision"), Text(before, "code")));
        Assert.Equal(("second", "2026-03-23"), (Text(before, "step"), Text(before, "until")));
        Assert.Equal("notAccepted", await CodeAsync(id, "2026-03-01"));
        Assert.Equal("nextStepLater", Text(await WhyAsync(id, null), "code"));
    }

    [Fact]
    public async Task Each_reason_stays_told_after_it_has_ended()
    {
        var held = await PostAsync("HF-1", "amberley");
        var disputed = await PostAsync("HF-2", "brook");
        var promised = await PostAsync("HF-3", "cedar");
        var paid = await PostAsync("HF-4", "dale");
        await AdvanceToAsync("2026-03-17T09:00Z");
        await ChangeAsync(held, "hold", new { reason = "called", until = "2026-03-24" });
        await ChangeAsync(disputed, "dispute", new { reason = "damaged" });
        await ChangeAsync(promised, "promise", new { date = "2026-03-20", by = "Maya" });
        await PayAsync(paid, "119.00", "2026-03-17");
        await AdvanceDailyAsync("2026-03-18", "2026-03-24");
        await ChangeAsync(disputed, "resume", new { reason = "replaced" });
        await AdvanceDailyAsync("2026-03-25", "2026-04-02");

        var hold = await WhyAsync(held, "2026-03-19");
        var promise = await WhyAsync(promised, "2026-03-19");
        var closed = await WhyAsync(paid, "2026-03-19");

        Assert.Equal(
            ("onHold", "2026-03-24", "requested"),
            (Text(hold, "code"), Text(hold, "until"), Text(hold, "hold"))
        );
        Assert.Equal("On hold until 2026-03-24: called", Text(hold, "words"));
        Assert.Equal(("promised", "Maya"), (Text(promise, "code"), Text(promise, "by")));
        Assert.Equal("The customer has promised to pay on 2026-03-20; recorded by Maya", Text(promise, "words"));
        Assert.Equal(
            ("settled", "Not sent, because the invoice is settled"),
            (Text(closed, "code"), Text(closed, "words"))
        );
        Assert.Equal("disputed", await CodeAsync(disputed, "2026-03-19"));
        Assert.NotEqual("disputed", await CodeAsync(disputed, "2026-03-25"));
        Assert.NotEqual("onHold", await CodeAsync(held, "2026-03-25"));
    }

    [Fact]
    public async Task A_message_that_waits_for_the_start_says_that_sending_is_stopped()
    {
        ExpectedWarnings.Add(Stopped);
        var id = await PostAsync("HF-1", "amberley");
        Host.Clock.SetTo(At("2026-03-19T08:00Z"));
        using (await PostAsync("api/manage/stop", new { by = "Maya", reason = "a wrong address" })) { }
        await AdvanceDailyAsync("2026-03-19", "2026-03-20");
        using (
            await PostAsync(
                "api/manage/start",
                new
                {
                    by = "Maya",
                    reason = "corrected",
                    confirm = true,
                }
            )
        ) { }
        await AdvanceToAsync("2026-03-23T10:00Z");
        await RecoverAsync();

        Assert.Equal("sendingStopped", await CodeAsync(id, "2026-03-19"));
        Assert.Equal("sendingStopped", await CodeAsync(id, "2026-03-20"));
        Assert.Equal("planned", await CodeAsync(id, "2026-03-21"));
        Assert.Equal("sent", await CodeAsync(id, "2026-03-23"));
    }

    [Fact]
    public async Task A_step_that_a_scan_finds_on_a_weekend_waits_for_the_next_business_day()
    {
        var id = await PostAsync("HF-1", "amberley");
        // No scan on Thursday and Friday.
        await AdvanceToAsync("2026-03-21T09:00Z");
        await AdvanceToAsync("2026-03-23T09:00Z");

        var weekend = await WhyAsync(id, "2026-03-21");

        Assert.Equal("notDecided", await CodeAsync(id, "2026-03-20"));
        Assert.Equal(("nonBusinessDay", "2026-03-23"), (Text(weekend, "code"), Text(weekend, "until")));
        Assert.Equal("sent", await CodeAsync(id, "2026-03-23"));
    }

    [Fact]
    public async Task An_invoice_that_falls_due_after_a_reminder_waits_for_the_minimum_days()
    {
        await PostAsync("HF-1", "amberley");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var late = await PostInvoiceAsync(Invoice("HF-2", due: "2026-03-17"));
        await AdvanceDailyAsync("2026-03-20", "2026-03-24");

        var waits = await WhyAsync(late, "2026-03-20");

        Assert.Equal(("recentNotice", "2026-03-19"), (Text(waits, "code"), Text(waits, "recentOn")));
        Assert.Equal("2026-03-23", Text(waits, "until"));
        Assert.Equal("recentNotice", await CodeAsync(late, "2026-03-21"));
    }

    [Fact]
    public async Task A_dead_address_an_opt_out_and_a_missing_contact_are_three_reasons()
    {
        var bounced = await PostAsync("HF-1", "amberley");
        var optedOut = await PostInvoiceAsync(
            Invoice("HF-2", customer: Customer("brook", email: null, phone: "+447700900123"))
        );
        await ChangeCustomerAsync(optedOut, new { by = "Maya", channels = new[] { "sms" } });
        var without = await PostInvoiceAsync(Invoice("HF-3", customer: Customer("cedar", email: null)));
        await AdvanceToAsync("2026-03-19T09:00Z");
        var provider = Host.Services.GetRequiredService<ProviderCallbacks>();
        await provider.ReportAsync(Emails.First(), "Bounced");
        await provider.ReplyAsync(SmsMessages.First(), "STOP");
        await Host.PumpAsync();
        await AdvanceDailyAsync("2026-03-20", "2026-03-25");

        Assert.Equal("notDelivered", await CodeAsync(bounced, "2026-03-19"));
        Assert.Equal("addressDead", await CodeAsync(bounced, "2026-03-24"));
        Assert.Equal("sent", await CodeAsync(optedOut, "2026-03-19"));
        Assert.Equal("optedOut", await CodeAsync(optedOut, "2026-03-24"));
        Assert.Equal("noAddress", await CodeAsync(without, "2026-03-24"));
    }

    [Theory]
    [InlineData("2026-03-04", "in_the_future", "nextStep")]
    [InlineData("yesterday", "not_a_date", "yyyy-MM-dd")]
    public async Task A_day_that_cannot_be_explained_is_refused_with_the_correction(string on, string code, string fix)
    {
        var id = await PostAsync("HF-1", "amberley");
        await AdvanceToAsync("2026-03-03T09:00Z");

        using var response = await Http.GetAsync($"api/invoices/{id}/why?on={on}");
        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("errors")[0];

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(("#/on", code), (Text(error, "pointer"), Text(error, "code")));
        Assert.Contains(fix, Text(error, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_invoice_is_not_found()
    {
        using var response = await Http.GetAsync("api/invoices/none/why");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private Task<string> PostAsync(string number, string customer) =>
        PostInvoiceAsync(Invoice(number, customer: Customer(customer, $"{customer}@buyer.example")));

    private async Task<JsonElement> WhyAsync(string id, string? day)
    {
        var query = day is null ? "" : $"?on={day}";
        return JsonElement.Parse(await Http.GetStringAsync($"api/invoices/{id}/why{query}"));
    }

    private async Task<string?> CodeAsync(string id, string day) => Text(await WhyAsync(id, day), "code");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string?> Kinds(JsonElement why) =>
        why.GetProperty("events").EnumerateArray().Select(e => Text(e, "kind"));
}
