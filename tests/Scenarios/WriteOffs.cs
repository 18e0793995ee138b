using System.Text;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>£119, due Monday 16 March 2026. A person gives up a claim or a part of it, and takes that back.</summary>
[Trait("Category", "Long")]
public sealed class WriteOffs : Scenario
{
    [Fact]
    public async Task Written_off_in_part_the_invoice_goes_on_and_messages_ask_for_the_rest_only()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var made = await WriteOffAsync(id, Part("10.00"));

        Assert.Equal(("10.00", "109.00"), (Text(made, "amount"), Text(made, "balance")));
        Assert.False(made.GetProperty("closed").GetBoolean());
        var invoice = await GetInvoiceAsync(id);
        Assert.Equal(
            ("open", "0.00", "10.00", "109.00"),
            (Text(invoice, "state"), Text(invoice, "paid"), Text(invoice, "writtenOff"), Text(invoice, "balance"))
        );
        await AdvanceDailyAsync("2026-03-16", "2026-03-20");
        var reminder = Emails.Last();
        Assert.Equal("Reminder: invoice HF-1", reminder.Subject);
        Assert.Contains("109.00", reminder.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("10.00", reminder.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("119.00", reminder.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paid_so_far_in_a_letter_does_not_count_what_was_written_off()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 5000));
        await Host.PumpAsync();
        await WriteOffAsync(id, Part("9.00"));

        await AdvanceDailyAsync("2026-03-16", "2026-03-20");
        Assert.Contains("50.00", Emails.Last().Plain, StringComparison.Ordinal);
        Assert.Contains("60.00", Emails.Last().Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("59.00", Emails.Last().Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Written_off_whole_it_is_closed_by_a_person_without_thanks_and_without_reminders()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceDailyAsync("2026-03-16", "2026-03-20");
        var sent = Emails.Count();

        var made = await WriteOffAsync(id, All());
        Assert.Equal(("119.00", "0.00"), (Text(made, "amount"), Text(made, "balance")));
        Assert.Equal("writtenOff", await StateAsync(id));
        var e = (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray().Last();
        Assert.Equal(
            ("writtenOff", "119.00", "Maya", "insolvent"),
            (Text(e, "kind"), Text(e, "amount"), Text(e, "by"), Text(e, "text"))
        );
        Assert.Equal("119.00 GBP was written off, nothing is owed: insolvent (Maya)", Text(e, "what"));
        await AdvanceDailyAsync("2026-03-21", "2026-04-10");
        Assert.Equal(sent, Emails.Count());
    }

    [Fact]
    public async Task What_is_left_after_a_part_payment_is_written_off_and_nobody_is_thanked()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11000));
        await Host.PumpAsync();
        Assert.Equal("9.00", Text(await WriteOffAsync(id, All()), "amount"));

        Assert.Equal(("writtenOff", "0.00"), (await StateAsync(id), await BalanceAsync(id)));
        await AdvanceDailyAsync("2026-03-03", "2026-04-10");
        Assert.DoesNotContain(Emails, mail => mail.Subject.StartsWith("Thank", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Written_off_in_part_and_then_paid_it_is_settled_and_thanked_for()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await WriteOffAsync(id, Part("19.00"));
        await StripeAsync(Paid("HF-1", 10000));
        await Host.PumpAsync();

        Assert.Equal(("settled", "0.00"), (await StateAsync(id), await BalanceAsync(id)));
        Assert.Equal("[]", await UnmatchedAsync());
        await AdvanceDailyAsync("2026-03-02", "2026-03-04");
        Assert.Contains(Emails, mail => mail.Subject.StartsWith("Thank", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Taken_back_it_is_open_again_with_its_amount_and_is_reminded_in_its_turn()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var writeOff = Text(await WriteOffAsync(id, All()), "writeOffId");
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        var (status, answer) = await TakeBackAsync(id, writeOff);
        Assert.Equal(200, status);
        Assert.Equal("119.00", Text(answer, "balance"));
        Assert.Equal(("open", "119.00"), (await StateAsync(id), await BalanceAsync(id)));
        Assert.Equal(["writtenOff", "writeOffRemoved", "reopened"], (await EventsAsync(id)).TakeLast(3));
        var events = (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(
            "A write-off of 119.00 GBP was taken back, 119.00 GBP is still owed: they pay after all (Maya)",
            Text(events[^2], "what")
        );
        Assert.Equal("Reopened with 119.00 GBP owed: the write-off was taken back", Text(events[^1], "what"));
        await AdvanceDailyAsync("2026-03-16", "2026-03-20");
        Assert.Equal("Reminder: invoice HF-1", Emails.Last().Subject);
    }

    [Fact]
    public async Task A_part_taken_back_is_owed_again_and_the_other_part_is_not()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var first = Text(await WriteOffAsync(id, Part("10.00"), "one"), "writeOffId");
        await WriteOffAsync(id, All(), "two");
        Assert.Equal("writtenOff", await StateAsync(id));

        await TakeBackAsync(id, first);
        Assert.Equal(("open", "10.00"), (await StateAsync(id), await BalanceAsync(id)));
        await TakeBackAsync(id, first);
        Assert.Equal(("open", "10.00"), (await StateAsync(id), await BalanceAsync(id)));
        Assert.Single(await EventsAsync(id), kind => kind == "writeOffRemoved");
    }

    [Fact]
    public async Task After_a_correction_it_is_taken_back_by_the_id_of_either_invoice()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var first = Text(await WriteOffAsync(id, Part("10.00"), "one"), "writeOffId");
        var second = Text(await WriteOffAsync(id, Part("20.00"), "two"), "writeOffId");
        var corrected = await PostInvoiceAsync(
            With(Invoice("HF-2"), ("precedingInvoice", "HF-1"), ("isCorrection", true))
        );
        Assert.Equal("89.00", await BalanceAsync(corrected));

        Assert.Equal(200, (await TakeBackAsync(id, first)).Status);
        Assert.Equal("99.00", await BalanceAsync(corrected));
        Assert.Equal(200, (await TakeBackAsync(corrected, second)).Status);
        Assert.Equal("119.00", await BalanceAsync(corrected));
    }

    [Fact]
    public async Task A_dispute_goes_on_when_the_write_off_is_taken_back()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await ChangeAsync(id, "dispute", new { reason = "never ordered" });
        var writeOff = Text(await WriteOffAsync(id, All()), "writeOffId");
        Assert.Equal("writtenOff", await StateAsync(id));

        await TakeBackAsync(id, writeOff);
        Assert.Equal("disputed", await StateAsync(id));
    }

    [Fact]
    public async Task A_payment_after_a_write_off_is_listed_and_settles_the_invoice_when_that_is_taken_back()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var writeOff = Text(await WriteOffAsync(id, All()), "writeOffId");
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        Assert.Equal("writtenOff", await StateAsync(id));
        Assert.Contains("which is written off: refund it", await UnmatchedAsync(), StringComparison.Ordinal);

        await TakeBackAsync(id, writeOff);
        Assert.Equal(("settled", "0.00"), (await StateAsync(id), await BalanceAsync(id)));
    }

    [Fact]
    public async Task The_source_may_send_the_invoice_again_with_or_without_what_was_written_off()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await WriteOffAsync(id, Part("10.00"));
        await PostInvoiceAsync(With(Invoice("HF-1"), ("orderReference", "PO-1")));
        Assert.Equal("109.00", await BalanceAsync(id));
        await PostInvoiceAsync(Invoice("HF-1", amount: "109.00"));
        Assert.Equal("109.00", await BalanceAsync(id));
    }

    [Fact]
    public async Task A_document_does_not_open_what_a_person_wrote_off()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await WriteOffAsync(id, All());
        await PostInvoiceAsync(With(Invoice("HF-1"), ("orderReference", "PO-1")));
        Assert.Equal("writtenOff", await StateAsync(id));
    }

    [Fact]
    public async Task The_same_request_again_writes_off_once()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await WriteOffAsync(id, Part("10.00"), "one");
        await WriteOffAsync(id, Part("10.00"), "one");
        Assert.Equal("109.00", await BalanceAsync(id));

        // The kept answer is gone after 48 hours, the ledger entry is not.
        Host.Clock.Advance(TimeSpan.FromDays(3));
        await WriteOffAsync(id, Part("10.00"), "one");
        Assert.Equal("109.00", await BalanceAsync(id));
    }

    [Fact]
    public async Task Who_and_why_are_erased_with_the_customer()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await WriteOffAsync(id, All());
        using var answer = await Http.DeleteAsync($"api/customers/{CustomerOf(id)}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());

        var invoice = (await GetInvoiceAsync(id)).ToString();
        Assert.DoesNotContain("Maya", invoice, StringComparison.Ordinal);
        Assert.DoesNotContain("insolvent", invoice, StringComparison.Ordinal);
        Assert.Contains("119.00 GBP was written off", invoice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"amount":"119.01","currency":"GBP","by":"Maya","reason":"r"}""", 422, "119.00 GBP is owed")]
    [InlineData("""{"amount":"10.00","currency":"EUR","by":"Maya","reason":"r"}""", 422, "#/currency")]
    [InlineData("""{"amount":"10.00","by":"Maya","reason":"r"}""", 422, "#/currency")]
    [InlineData("""{"amount":"0.00","currency":"GBP","by":"Maya","reason":"r"}""", 422, "not_positive")]
    [InlineData("""{"amount":"-1","currency":"GBP","by":"Maya","reason":"r"}""", 422, "not_positive")]
    [InlineData("""{"amount":"1,50","currency":"GBP","by":"Maya","reason":"r"}""", 422, "#/amount")]
    [InlineData("""{"by":"Maya"}""", 422, "#/reason")]
    [InlineData("""{"reason":"r"}""", 422, "#/by")]
    [InlineData("""{"by":"Maya","reason":"r","amont":"10.00"}""", 422, "#/amont")]
    [InlineData("""{"by":""", 400, "malformed-json")]
    [InlineData("", 400, "malformed-json")]
    public async Task A_bad_write_off_is_answered_with_the_field_and_changes_nothing(
        string body,
        int status,
        string says
    )
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var (answered, text) = await SendAsync(HttpMethod.Post, $"api/invoices/{id}/write-off", body, "one");
        Assert.True(answered == status && text.Contains(says, StringComparison.Ordinal), $"{answered} {text}");
        Assert.Equal(("open", "119.00"), (await StateAsync(id), await BalanceAsync(id)));
    }

    [Fact]
    public async Task Without_a_key_or_an_open_invoice_nothing_is_written_off()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var good = JsonSerializer.Serialize(All());
        Assert.Equal(400, (await SendAsync(HttpMethod.Post, $"api/invoices/{id}/write-off", good, key: null)).Status);
        var unknown = $"{id.Split('-')[0]}-i0000000000000000";
        Assert.Equal(404, (await SendAsync(HttpMethod.Post, $"api/invoices/{unknown}/write-off", good, "one")).Status);
        Assert.Equal(404, (await SendAsync(HttpMethod.Post, "api/invoices/x/write-off", good, "one")).Status);

        await ChangeAsync(id, "void", new { reason = "issued anew" });
        var (status, text) = await SendAsync(HttpMethod.Post, $"api/invoices/{id}/write-off", good, "two");
        Assert.Equal(409, status);
        Assert.Contains("already void", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"by":"Maya"}""", 422, "#/reason")]
    [InlineData("""{"reason":"r"}""", 422, "#/by")]
    [InlineData("", 400, "malformed-json")]
    public async Task To_take_it_back_who_and_why_are_needed(string body, int status, string says)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var writeOff = Text(await WriteOffAsync(id, All()), "writeOffId");
        var (answered, text) = await SendAsync(HttpMethod.Delete, $"api/invoices/{id}/write-off/{writeOff}", body);
        Assert.True(answered == status && text.Contains(says, StringComparison.Ordinal), $"{answered} {text}");
        Assert.Equal("writtenOff", await StateAsync(id));
        Assert.Equal(404, (await TakeBackAsync(id, "w0000000000000000")).Status);
    }

    private static object All() => new { by = "Maya", reason = "insolvent" };

    private static object Part(string amount) =>
        new
        {
            amount,
            currency = "GBP",
            by = "Maya",
            reason = "insolvent",
        };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private async Task<JsonElement> WriteOffAsync(string id, object body, string key = "one")
    {
        var (status, text) = await SendAsync(
            HttpMethod.Post,
            $"api/invoices/{id}/write-off",
            JsonSerializer.Serialize(body),
            key
        );
        Assert.True(status == 201, text);
        return JsonElement.Parse(text);
    }

    private async Task<(int Status, JsonElement Answer)> TakeBackAsync(string id, string writeOff)
    {
        var body = """{"by":"Maya","reason":"they pay after all"}""";
        var (status, text) = await SendAsync(HttpMethod.Delete, $"api/invoices/{id}/write-off/{writeOff}", body);
        return (status, JsonElement.Parse(text));
    }

    private async Task<(int Status, string Text)> SendAsync(
        HttpMethod method,
        string path,
        string body,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await Http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
