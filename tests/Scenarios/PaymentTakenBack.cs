using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// £119, due Monday 16 March 2026. Payments recorded by hand and taken back, and money on what is no claim any more
/// (shared/fixtures/reports, sections 7 and 14).
/// </summary>
public sealed class PaymentTakenBack : Scenario
{
    [Fact]
    public async Task What_was_recorded_by_mistake_is_taken_back_and_the_invoice_is_reminded_in_its_turn()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await RecordAsync(id, "119.00", "bank-1");
        Assert.Equal("settled", await StateAsync(id));

        Assert.Equal(HttpStatusCode.OK, await RemoveAsync(id, "bank-1"));
        Assert.Equal(("open", "119.00"), (await StateAsync(id), await BalanceAsync(id)));
        var removed = (await GetInvoiceAsync(id))
            .GetProperty("events")
            .EnumerateArray()
            .Single(e => e.GetProperty("kind").GetString() == "paymentRemoved");
        Assert.EndsWith(": typed twice (Maya)", removed.GetProperty("what").GetString(), StringComparison.Ordinal);

        await AdvanceDailyAsync("2026-03-16", "2026-03-20");
        Assert.Equal("Reminder: invoice HF-1", Emails.Last().Subject);
    }

    [Fact]
    public async Task A_thank_you_that_was_planned_is_not_sent()
    {
        Host.Clock.SetTo(At("2026-03-07T20:00Z"));
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await RecordAsync(id, "119.00", "bank-1");
        await RemoveAsync(id, "bank-1");
        await AdvanceDailyAsync("2026-03-08", "2026-03-10");
        Assert.DoesNotContain(Emails, mail => mail.Subject.StartsWith("Thank", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_payment_and_one_on_the_wrong_invoice_are_taken_back_alone()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await RecordAsync(one, "19.00", "bank-1");
        await RecordAsync(one, "50.00", "bank-2");
        await RecordAsync(two, "50.00", "bank-2");

        await RemoveAsync(one, "bank-2");
        Assert.Equal(("100.00", "69.00"), (await BalanceAsync(one), await BalanceAsync(two)));
        await RemoveAsync(one, "bank-2");
        Assert.Equal("100.00", await BalanceAsync(one));
    }

    [Fact]
    public async Task It_can_be_recorded_again_and_corrected_either_way()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await RecordAsync(id, "119.00", "bank-1");
        await RemoveAsync(id, "bank-1");
        await RecordAsync(id, "100.00", "bank-1");
        Assert.Equal("19.00", await BalanceAsync(id));
        await RecordAsync(id, "50.00", "bank-1");
        Assert.Equal("69.00", await BalanceAsync(id));
    }

    [Fact]
    public async Task What_a_provider_reported_cannot_be_taken_back_here_and_who_and_why_are_needed()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        await RecordAsync(id, "1.00", "bank-1");

        Assert.Equal(HttpStatusCode.NotFound, await RemoveAsync(id, "pi_HF-1"));
        Assert.Equal(HttpStatusCode.NotFound, await RemoveAsync(id, "no such payment"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await RemoveAsync(id, "bank-1", new { by = "Maya" }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await RemoveAsync(id, "bank-1", new { reason = "twice" }));
        Assert.Equal("-1.00", await BalanceAsync(id));
    }

    [Theory]
    [InlineData("2026-03-04", HttpStatusCode.UnprocessableEntity)]
    [InlineData("2036-03-02", HttpStatusCode.UnprocessableEntity)]
    [InlineData("1996-03-02", HttpStatusCode.UnprocessableEntity)]
    [InlineData("2026-03-03", HttpStatusCode.Created)]
    [InlineData("2025-12-31", HttpStatusCode.Created)]
    public async Task A_payment_of_a_day_to_come_or_of_decades_ago_is_a_slip(string paidOn, HttpStatusCode status)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var answer = await PostAsync(
            $"api/invoices/{id}/payments",
            new
            {
                amount = "19.00",
                currency = "GBP",
                paidOn,
            },
            ("Idempotency-Key", "one")
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status != HttpStatusCode.Created, text.Contains("#/paidOn", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("void", "void")]
    [InlineData("writtenOff", "written off")]
    [InlineData("noClaim", "no demand for payment")]
    public async Task Money_on_what_is_no_claim_any_more_is_listed_for_a_person(string state, string words)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        if (state == "void")
            await ChangeAsync(id, "void", new { reason = "issued anew" });
        else
            await PostInvoiceAsync(With(Invoice("HF-1"), (state == "noClaim" ? "kind" : "status", state)));
        Assert.Equal(state, await StateAsync(id));

        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        var listed = JsonElement.Parse(await UnmatchedAsync()).EnumerateArray();
        Assert.Equal(
            $"119.00 GBP was paid on invoice HF-1, which is {words}: refund it, or settle another invoice with it",
            Assert.Single(listed).GetProperty("problem").GetString()
        );

        var warnings = await RecordAsync(id, "5.00", "bank-1");
        Assert.Contains(words, Assert.Single(warnings.EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    private async Task<JsonElement> RecordAsync(string id, string amount, string paymentId)
    {
        using var answer = await PostAsync(
            $"api/invoices/{id}/payments",
            new
            {
                amount,
                currency = "GBP",
                paymentId,
            },
            ("Idempotency-Key", Guid.NewGuid().ToString())
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("warnings");
    }

    private async Task<HttpStatusCode> RemoveAsync(string id, string paymentId, object? body = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Delete,
            $"api/invoices/{id}/payments/{Uri.EscapeDataString(paymentId)}"
        )
        {
            Content = JsonContent.Create(body ?? new { by = "Maya", reason = "typed twice" }),
        };
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }
}
