using System.Net;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Asked for on Monday 2 March 2026 at midnight, sent when the window opens at 08:00.</summary>
[Trait("Category", "Long")]
public sealed class StatementsByEmail : Scenario
{
    [Fact]
    public async Task A_statement_asked_for_at_night_states_the_account_next_morning()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1", issued: "2026-01-10", due: "2026-02-09"));
        await PostInvoiceAsync(Invoice("HF-2", "20.00", issued: "2026-02-20"));
        await PayAsync(one, "19.00", "2026-02-25");

        await SendAsync(one);
        Assert.Empty(Emails);
        await SendAtAsync("2026-03-02T08:01Z");

        var mail = Assert.Single(Emails);
        Assert.Equal("Statement of account, 2 March 2026", mail.Subject);
        AssertSays(
            mail,
            "Balance: GBP 120.00",
            "Period: 1 Feb 2026 – 2 Mar 2026",
            "Overdue: GBP 100.00",
            "Invoice HF-1: GBP 100.00",
            "Paid so far: GBP 19.00",
            "Invoice HF-2: GBP 20.00",
            "Not due yet: GBP 20.00",
            "1–30 days overdue: GBP 100.00",
            "1 Feb 2026: Opening balance GBP 119.00",
            "20 Feb 2026: Invoice HF-2 GBP 20.00 (Balance GBP 139.00)",
            "25 Feb 2026: Payment HF-1 -GBP 19.00 (Balance GBP 120.00)",
            "2 Mar 2026: Closing balance GBP 120.00",
            "IBAN: GB33 BUKB 2020 1555 5555 55"
        );
        Assert.DoesNotContain("remind", mail.Plain!, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("sent", await EventsAsync(one));
    }

    [Fact]
    public async Task Asking_again_while_one_waits_changes_nothing()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var (first, second) = (await SendAsync(id), await SendAsync(id, new { from = "2025-01-01" }));

        Assert.Equal(first.GetRawText(), second.GetRawText());
        await SendAtAsync("2026-03-02T08:01Z");
        Assert.Single(Emails);
    }

    [Fact]
    public async Task Two_requests_at_the_same_time_plan_one()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(id)));

        await SendAtAsync("2026-03-02T08:01Z");

        Assert.Single(Emails);
    }

    [Fact]
    public async Task An_invoice_paid_after_the_planning_is_shown_as_paid_and_no_way_to_pay_is_named()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", issued: "2026-02-03"));
        await SendAsync(id, new { from = "2026-02-01", to = "2026-02-28" });
        await PayAsync(id, "119.00", "2026-03-02");

        await SendAtAsync("2026-03-02T08:01Z");

        var mail = Assert.Single(Emails, mail => mail.Subject.StartsWith("Statement", StringComparison.Ordinal));
        AssertSays(mail, "Balance: GBP 0.00", "28 Feb 2026: Closing balance GBP 119.00");
        Assert.DoesNotContain("IBAN", mail.Plain!, StringComparison.Ordinal);
        Assert.DoesNotContain("Open items", mail.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_that_is_reported_and_not_applied_is_waited_for()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await SendAsync(id);
        Host.Clock.SetTo(At("2026-03-02T08:01Z"));
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync(only: Queues.EmailNotices);
        Assert.Empty(Emails);

        await Host.PumpAsync();
        await SendAtAsync("2026-03-02T08:10Z");

        var mail = Assert.Single(Emails, mail => mail.Subject.StartsWith("Statement", StringComparison.Ordinal));
        AssertSays(mail, "Balance: GBP 0.00", "Payment HF-1 -GBP 119.00");
    }

    [Fact]
    public async Task What_is_in_dispute_is_listed_as_such_without_a_way_to_pay_it()
    {
        var id = await PostInvoiceAsync(
            With(Invoice("HF-1", due: "2026-02-16"), ("paymentUrl", "https://pay.example/HF-1"))
        );
        await ChangeAsync(id, "dispute", new { reason = "wrong price" });
        await SendAsync(id);

        await SendAtAsync("2026-03-02T08:01Z");

        var mail = Assert.Single(Emails);
        AssertSays(mail, "In dispute: GBP 119.00", "Due: 16 Feb 2026 (in dispute)");
        Assert.DoesNotContain("pay.example", mail.Plain! + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("IBAN", mail.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_paid_too_much_is_a_credit_that_nobody_has_to_ask_for()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await PayAsync(id, "150.00", "2026-03-01");
        await SendAsync(id);

        await SendAtAsync("2026-03-02T08:01Z");

        AssertSays(
            Assert.Single(Emails, mail => mail.Subject.StartsWith("Statement", StringComparison.Ordinal)),
            "Balance: -GBP 31.00",
            "Unused credit: GBP 31.00"
        );
    }

    [Fact]
    public async Task A_customer_who_is_not_to_be_contacted_any_more_gets_none_and_the_history_says_so()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await SendAsync(id);
        await PostInvoiceAsync(With(Invoice("HF-2"), ("dunning", new { doNotContact = true })));

        await SendAtAsync("2026-03-02T08:01Z");

        Assert.Empty(Emails);
        var last = (await GetInvoiceAsync(id)).GetProperty("events").EnumerateArray().Last();
        Assert.Equal(("notSent", "doNotContact"), (Text(last, "kind"), Text(last, "block")));
    }

    [Fact]
    public async Task A_statement_neither_delays_nor_replaces_a_reminder()
    {
        var withStatement = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-02"));
        await PostInvoiceAsync(Invoice("HF-2", due: "2026-03-02", customer: Customer("beta", "ap@beta.example")));
        await AdvanceDailyAsync("2026-03-02", "2026-03-20");
        await SendAsync(withStatement);
        await AdvanceDailyAsync("2026-03-23", "2026-04-10");

        var reminders = Emails.Where(mail => IsTo(mail, "ap@beta.example")).Select(mail => mail.Subject).ToList();
        Assert.NotEmpty(reminders);
        Assert.Equal(
            [
                "Statement of account, 23 March 2026",
                .. reminders.Select(subject => subject.Replace("HF-2", "HF-1", StringComparison.Ordinal)),
            ],
            Emails
                .Where(mail => IsTo(mail, "tom@amberley.example"))
                .Select(mail => mail.Subject)
                .OrderByDescending(subject => subject.StartsWith("Statement", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task While_sending_is_stopped_it_waits()
    {
        ExpectedWarnings.Add("All sending is stopped since");
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await SendAsync(id);
        using var stopped = await PostAsync("api/manage/stop", new { by = "Maya", reason = "wrong amounts" });
        await SendAtAsync("2026-03-02T08:01Z");
        Assert.Empty(Emails);

        using var started = await PostAsync(
            "api/manage/start",
            new
            {
                by = "Maya",
                reason = "corrected",
                confirm = true,
            }
        );
        Host.Clock.SetTo(At("2026-03-02T08:30Z"));
        await RecoverAsync();

        Assert.Single(Emails);
    }

    [Fact]
    public async Task Of_two_customers_that_are_merged_one_statement_is_sent_with_all()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        var two = await PostInvoiceAsync(Invoice("HF-2", "20.00", customer: Customer("beta", "ap@beta.example")));
        await SendAsync(one);
        using var merged = await PostAsync(
            $"api/manage/customers/{CustomerOf(one)}/merge",
            new
            {
                into = CustomerOf(two),
                by = "Maya",
                reason = "one firm",
            }
        );
        Assert.True(merged.IsSuccessStatusCode);

        await SendAtAsync("2026-03-02T08:10Z");

        var mail = Assert.Single(Emails);
        AssertSays(mail, "Balance: GBP 139.00", "Invoice HF-1: GBP 119.00", "Invoice HF-2: GBP 20.00");
    }

    [Fact]
    public async Task An_erased_customer_gets_none()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await SendAsync(id);
        using var erased = await Http.DeleteAsync($"api/customers/{CustomerOf(id)}?force=true");
        Assert.True(erased.IsSuccessStatusCode);

        await SendAtAsync("2026-03-02T08:01Z");

        Assert.Empty(Emails);
        Assert.Equal(404, await StatusAsync(CustomerOf(id), new { }));
    }

    [Fact]
    public async Task Without_an_address_or_against_the_customers_wish_none_is_planned()
    {
        var mute = await PostInvoiceAsync(
            Invoice("HF-1", customer: Customer("mute", email: null, phone: "+447700900123"))
        );
        var unwilling = await PostInvoiceAsync(
            With(Invoice("HF-2", customer: Customer("beta")), ("dunning", new { doNotContact = true }))
        );

        Assert.Equal(409, await StatusAsync(CustomerOf(mute), new { }));
        Assert.Equal(409, await StatusAsync(CustomerOf(unwilling), new { }));
        Assert.Equal(404, await StatusAsync("c0000000000000000", new { }));
    }

    [Theory]
    [InlineData("{\"from\": \"1 May\"}", "#/from")]
    [InlineData("{\"from\": 20260101}", "#/from")]
    [InlineData("{\"to\": \"2026-03-03\"}", "#/to")]
    [InlineData("{\"form\": \"2026-01-01\"}", "#/form")]
    [InlineData("[]", "#")]
    public async Task A_wrong_field_is_named(string body, string pointer)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));

        using var answer = await PostAsync($"api/customers/{CustomerOf(id)}/statement", JsonElement.Parse(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(pointer, Text(problem.GetProperty("errors")[0], "pointer"));
    }

    private static bool IsTo(SentEmail mail, string address) =>
        Assert.Single(mail.To).Contains(address, StringComparison.Ordinal);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static void AssertSays(SentEmail mail, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, mail.Plain!, StringComparison.Ordinal));

    private async Task SendAtAsync(string instant)
    {
        Host.Clock.SetTo(At(instant));
        await Host.PumpAsync();
    }

    private async Task<JsonElement> SendAsync(string invoiceId, object? body = null)
    {
        using var answer = await PostAsync($"api/customers/{CustomerOf(invoiceId)}/statement", body ?? new { });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.Accepted, text);
        return JsonElement.Parse(text);
    }

    private async Task<int> StatusAsync(string customer, object body)
    {
        using var answer = await PostAsync($"api/customers/{customer}/statement", body);
        return (int)answer.StatusCode;
    }
}
