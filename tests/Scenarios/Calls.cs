using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// What a person does on the phone: listed with all that is needed, and its result counts at once. Due Monday 16 March
/// 2026: the first reminder falls due on the 19th, the second on the 23rd.
/// </summary>
[Trait("Category", "Long")]
public sealed class Calls : Scenario
{
    private const string Phone = "+447700900123";

    private ProviderCallbacks Provider => Host.Services.GetRequiredService<ProviderCallbacks>();

    [Fact]
    public async Task A_bounce_becomes_a_text_and_a_dead_number_a_call_on_the_same_day()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: Phone)));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await ReportAsync(Assert.Single(Emails), "Bounced");
        // A landline: it gets no text, and can be called.
        await ReportAsync(Assert.Single(SmsMessages), "30006");

        var call = Assert.Single(await ListAsync());
        Assert.Equal((Phone, "amberley Ltd"), (Text(call, "number"), Text(call, "customer")));
        Assert.Equal(At("2026-03-19T09:00Z"), call.GetProperty("bestFrom").GetDateTimeOffset());
        Assert.Equal(At("2026-03-19T17:00Z"), call.GetProperty("bestUntil").GetDateTimeOffset());
        Assert.Equal(
            ["owed 119.00 2026-03-16 3", "lastReminder  2026-03-19 ", "nextStep   ", "askForDay   "],
            PointsOf(call)
        );
        // What was sent before is at hand.
        Assert.Contains("Not delivered by sms", call.GetProperty("before").ToString(), StringComparison.Ordinal);

        // Nobody calls for days: no further step is taken.
        await AdvanceDailyAsync("2026-03-20", "2026-03-30");
        Assert.Single(await ListAsync());
        Assert.Single(Emails);
        var why = await Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}/why");
        Assert.Equal("awaitsPerson", Text(why, "code"));
    }

    [Fact]
    public async Task A_call_that_ends_in_a_promise_stops_the_ladder_until_that_day()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: Phone)));
        await ChangeCustomerAsync(id, new { by = "Maya", channels = new[] { "call" } });
        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Empty(SmsMessages);
        var call = Assert.Single(await ListAsync());

        await RecordAsync(
            call,
            new
            {
                by = "Maya",
                result = "promise",
                date = "2026-03-24",
                note = "after the fair",
            }
        );

        Assert.Empty(await ListAsync());
        Assert.Equal("promised", await StateAsync(id));
        Assert.Equal(["Called by Maya: after the fair"], await SaidAsync(id, "sent"));
        await AdvanceDailyAsync("2026-03-20", "2026-03-26");
        Assert.Empty(await ListAsync());
        // The day and two business days have passed without the money: one step higher.
        await AdvanceDailyAsync("2026-03-27", "2026-03-27");
        var again = Assert.Single(await ListAsync());
        Assert.Contains(PointsOf(again), point => point.StartsWith("promiseBroken", StringComparison.Ordinal));

        // The same result again: the call is not there any more.
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(call, new { by = "Maya", result = "reached" }));
    }

    [Fact]
    public async Task A_disputed_invoice_waits_and_the_other_one_of_the_call_goes_on()
    {
        var customer = Customer(email: null, phone: Phone);
        var first = await PostInvoiceAsync(Invoice("HF-1", customer: customer));
        var second = await PostInvoiceAsync(Invoice("HF-2", "50.00", customer: customer));
        await ChangeCustomerAsync(first, new { by = "Maya", channels = new[] { "call" } });
        await AdvanceToAsync("2026-03-19T09:00Z");
        var call = Assert.Single(await ListAsync());
        Assert.Equal(2, call.GetProperty("invoices").GetArrayLength());

        await RecordAsync(
            call,
            new
            {
                by = "Maya",
                result = "dispute",
                invoice = first,
                note = "two boxes were missing",
            }
        );

        Assert.Equal(("disputed", "open"), (await StateAsync(first), await StateAsync(second)));
        await AdvanceDailyAsync("2026-03-20", "2026-03-23");
        var next = Assert.Single(await ListAsync());
        Assert.Equal(["HF-2"], next.GetProperty("invoices").EnumerateArray().Select(i => Text(i, "number")));
    }

    [Fact]
    public async Task A_call_is_put_off_and_counts_only_when_somebody_was_reached()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: Phone)));
        await ChangeCustomerAsync(id, new { by = "Maya", channels = new[] { "call" } });
        await AdvanceToAsync("2026-03-19T09:00Z");
        await RecordAsync(
            Assert.Single(await ListAsync()),
            new
            {
                by = "Maya",
                result = "callAgain",
                date = "2026-03-21",
                note = "engaged",
            }
        );
        Assert.Empty(await ListAsync());
        Assert.DoesNotContain("sent", await EventsAsync(id));

        // Saturday the 21st: on Monday morning.
        await AdvanceToAsync("2026-03-23T09:00Z");
        var call = Assert.Single(await ListAsync());
        await RecordAsync(call, new { by = "Maya", result = "reached" });
        Assert.Equal(["Called by Maya"], await SaidAsync(id, "sent"));
        // The second step was due today: it waits for the three days between two reminders.
        await AdvanceDailyAsync("2026-03-24", "2026-03-25");
        Assert.Empty(await ListAsync());
        await AdvanceDailyAsync("2026-03-26", "2026-03-26");
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task A_wrong_number_is_never_called_again_and_a_letter_takes_its_place_the_same_day()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: Phone)));
        await PreferAsync(id, "call", "letter");
        await AdvanceToAsync("2026-03-19T09:00Z");

        await RecordAsync(Assert.Single(await ListAsync()), new { by = "Maya", result = "wrongNumber" });
        await Host.PumpAsync();

        Assert.Empty(await ListAsync());
        Assert.Equal(["Called in vain by Maya: the number is wrong"], await SaidAsync(id, "rejected"));
        var list = await Http.GetFromJsonAsync<JsonElement>("api/manage/follow-ups");
        Assert.Equal(["letter"], list.GetProperty("followUps").EnumerateArray().Select(item => Text(item, "kind")));
    }

    [Fact]
    public async Task A_call_that_nobody_makes_counts_as_taken_and_the_next_step_follows()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: Phone)));
        await ChangeCustomerAsync(id, new { by = "Maya", channels = new[] { "call" } });
        await AdvanceToAsync("2026-03-19T09:00Z");

        await RecordAsync(
            Assert.Single(await ListAsync()),
            new
            {
                by = "Maya",
                result = "notCalled",
                note = "we met them",
            }
        );

        Assert.Equal(["Not sent by call: discarded by Maya: we met them"], await SaidAsync(id, "notSent"));
        await AdvanceDailyAsync("2026-03-20", "2026-03-23");
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task A_payment_ends_a_call_that_waits()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: Phone)));
        await ChangeCustomerAsync(id, new { by = "Maya", channels = new[] { "call" } });
        await AdvanceToAsync("2026-03-19T09:00Z");
        var call = Assert.Single(await ListAsync());

        await PayAsync(id, "119.00", "2026-03-19");
        Assert.Empty(await ListAsync());
        await RecoverAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(call, new { by = "Maya", result = "reached" }));
        Assert.Contains("notSent", await EventsAsync(id));
    }

    [Fact]
    public async Task Thirty_invoices_are_one_call_and_a_promise_is_about_the_first_of_them()
    {
        var customer = Customer(email: null, phone: Phone);
        List<string> ids = [];
        for (var number = 1; number <= 30; number++)
            ids.Add(await PostInvoiceAsync(Invoice($"HF-{number}", customer: customer)));
        await ChangeCustomerAsync(ids[0], new { by = "Maya", channels = new[] { "call" } });
        await AdvanceToAsync("2026-03-19T09:00Z");
        var call = Assert.Single(await ListAsync());

        await RecordAsync(
            call,
            new
            {
                by = "Maya",
                result = "promise",
                date = "2026-03-24",
            }
        );

        var states = await Task.WhenAll(ids.Select(StateAsync));
        Assert.Equal(12, states.Count(state => state == "promised"));
    }

    [Fact]
    public async Task A_step_whose_email_went_out_is_not_taken_again_when_its_invoice_is_left_out_of_the_call()
    {
        var customer = Customer(phone: Phone);
        var first = await PostInvoiceAsync(Invoice("HF-1", customer: customer));
        await PostInvoiceAsync(Invoice("HF-2", "50.00", customer: customer));
        await ChangeCustomerAsync(first, new { by = "Maya", channels = new[] { "call", "email" } });
        await AdvanceDailyAsync("2026-03-19", "2026-03-19");
        await RecordAsync(Assert.Single(await ListAsync()), new { by = "Maya", result = "reached" });
        await AdvanceDailyAsync("2026-03-20", "2026-03-23");
        var call = Assert.Single(await ListAsync());
        var mails = Emails.Count();
        Assert.NotEqual(0, mails);

        using var hold = await PostAsync(
            $"api/invoices/{first}/hold",
            new { reason = "a question", until = "2026-03-25" }
        );
        await RecordAsync(call, new { by = "Maya", result = "reached" });
        await AdvanceDailyAsync("2026-03-24", "2026-03-28");

        // The same step's email is not sent once more, nor is the call asked for again.
        Assert.Equal(mails, Emails.Count());
        Assert.Equal("second", Text(await GetInvoiceAsync(first), "step"));
    }

    [Fact]
    public async Task An_invoice_that_a_call_named_along_is_reminded_by_it()
    {
        var customer = Customer(email: null, phone: Phone);
        var first = await PostInvoiceAsync(Invoice("HF-1", customer: customer));
        var along = await PostInvoiceAsync(Invoice("HF-2", "50.00", due: "2026-03-17", customer: customer));
        await ChangeCustomerAsync(first, new { by = "Maya", channels = new[] { "call" } });
        await AdvanceDailyAsync("2026-03-19", "2026-03-19");
        var call = Assert.Single(await ListAsync());
        Assert.Contains("HF-2", call.ToString(), StringComparison.Ordinal);

        await RecordAsync(call, new { by = "Maya", result = "reached" });
        await AdvanceDailyAsync("2026-03-20", "2026-03-22");

        Assert.Contains("covered", await EventsAsync(along));
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_call_that_waits_outlives_the_step_of_another_invoice()
    {
        var customer = Customer(email: null, phone: Phone);
        var first = await PostInvoiceAsync(Invoice("HF-1", customer: customer));
        await ChangeCustomerAsync(first, new { by = "Maya", channels = new[] { "call" } });
        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Single(await ListAsync());
        await PostInvoiceAsync(Invoice("HF-2", "50.00", due: "2026-03-23", customer: customer));

        await AdvanceDailyAsync("2026-03-20", "2026-03-27");
        await RecoverAsync();
        Assert.Equal(2, (await ListAsync()).Count);
        Assert.DoesNotContain("notSent", await EventsAsync(first));
    }

    [Fact]
    public async Task An_address_that_is_added_brings_the_reminders_back()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null)));
        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Equal("needsContact", await StateAsync(id));

        await ChangeCustomerAsync(id, new { by = "Maya", address = new { line1 = "1 Quay Street", city = "Bristol" } });
        await AdvanceDailyAsync("2026-03-20", "2026-03-23");

        var list = await Http.GetFromJsonAsync<JsonElement>("api/manage/follow-ups");
        Assert.Equal(["letter"], list.GetProperty("followUps").EnumerateArray().Select(item => Text(item, "kind")));
    }

    [Theory]
    [InlineData("""{ "by": "Maya" }""", "#/result")]
    [InlineData("""{ "by": "Maya", "result": "spoke" }""", "#/result")]
    [InlineData("""{ "result": "reached" }""", "#/by")]
    [InlineData("""{ "by": "Maya", "result": "promise" }""", "#/date")]
    [InlineData("""{ "by": "Maya", "result": "promise", "date": "2026-03-01" }""", "#/date")]
    [InlineData("""{ "by": "Maya", "result": "callAgain", "date": "2026-03-19" }""", "#/date")]
    [InlineData("""{ "by": "Maya", "result": "callAgain", "date": "2036-03-19" }""", "#/date")]
    [InlineData(
        """{ "by": "Maya", "result": "promise", "date": "2026-03-24", "amount": "5.00", "currency": "GBP" }""",
        "#/invoice"
    )]
    [InlineData("""{ "by": "Maya", "result": "dispute", "invoice": "c1-2" }""", "#/invoice")]
    [InlineData("""{ "by": "Maya", "result": "reached", "amount": "5.00", "currency": "GBP" }""", "#/amount")]
    [InlineData("""{ "by": "Maya", "result": "wrongNumber", "number": "0117 496" }""", "#/number")]
    [InlineData("""{ "by": "Maya", "result": "reached", "mood": "fine" }""", "#/mood")]
    public async Task A_result_that_is_not_valid_names_the_field_and_changes_nothing(string json, string field)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: Phone)));
        await ChangeCustomerAsync(id, new { by = "Maya", channels = new[] { "call" } });
        await AdvanceToAsync("2026-03-19T09:00Z");
        var call = Assert.Single(await ListAsync());

        using var answer = await PostAsync(RouteOf(call), JsonElement.Parse(json));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(field, problem.GetProperty("errors").EnumerateArray().Select(e => Text(e, "pointer")));
        Assert.Single(await ListAsync());
    }

    [Theory]
    [InlineData("api/manage/calls?limit=0")]
    [InlineData("api/manage/calls?limit=many")]
    public async Task A_list_that_cannot_be_read_says_why(string path)
    {
        using var answer = await Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("c1234.20260319")]
    public async Task An_unknown_call_is_not_found(string id)
    {
        using var answer = await PostAsync($"api/manage/calls/{id}/result", new { by = "Maya", result = "reached" });
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    private static IReadOnlyList<string> PointsOf(JsonElement call) =>
        [
            .. call.GetProperty("talkingPoints")
                .EnumerateArray()
                .Select(point =>
                    $"{Text(point, "code")} "
                    + $"{(point.TryGetProperty("amount", out var amount) ? Text(amount, "amount") : "")} "
                    + $"{Text(point, "date")} {Text(point, "days")}"
                ),
        ];

    private async Task<IReadOnlyList<JsonElement>> ListAsync() =>
        [.. (await Http.GetFromJsonAsync<JsonElement>("api/manage/calls")).GetProperty("calls").EnumerateArray()];

    private static string RouteOf(JsonElement call) => $"api/manage/calls/{Text(call, "id")}/result";

    private async Task RecordAsync(JsonElement call, object result)
    {
        using var answer = await PostAsync(RouteOf(call), result);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<HttpStatusCode> StatusAsync(JsonElement call, object result)
    {
        using var answer = await PostAsync(RouteOf(call), result);
        return answer.StatusCode;
    }

    private async Task ReportAsync(SentEmail mail, string status)
    {
        await Provider.ReportAsync(mail, status);
        await Host.PumpAsync();
    }

    private async Task ReportAsync(SentSms message, string status)
    {
        await Provider.ReportAsync(message, status);
        await Host.PumpAsync();
    }
}
