using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Reports;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>The figures of a book whose messages and payments are known; £119 an invoice, due 16 March 2026.</summary>
public sealed class ReportsOfABook : Scenario
{
    [Fact]
    public async Task What_is_owed_what_was_paid_after_which_step_and_what_it_took()
    {
        var paid = await PostInvoiceAsync(Invoice("R-1", customer: Customer("a", "ap@a.example")));
        await PostInvoiceAsync(Invoice("R-2", customer: Customer("b", "ap@b.example")));
        await PostInvoiceAsync(
            Invoice("R-3", issued: "2026-02-10", due: "2026-06-16", customer: Customer("c", "ap@c.example"))
        );
        await PostInvoiceAsync(Invoice("R-4", currency: "EUR", customer: Customer("=1+1", "ap@d.example")));
        await AdvanceToAsync("2026-03-20T10:00Z");
        Host.Clock.Advance(TimeSpan.FromDays(2));
        using var payment = await PostAsync(
            $"api/invoices/{paid}/payments",
            new
            {
                paymentId = "p-1",
                amount = "119.00",
                currency = "GBP",
            },
            ("Idempotency-Key", "k-1")
        );
        await Host.PumpAsync();

        var report = await ReportAsync(new { });

        Assert.Equal(4, report.Customers);
        var pounds = report.Currencies.Single(one => one.Currency == "GBP");
        Assert.Equal(
            ("119.00", "119.00", "238.00"),
            (pounds.NotDue.Amount, pounds.Days1To30.Amount, pounds.Owed.Amount)
        );
        Assert.True(pounds.DaysSalesOutstanding > 0);
        Assert.Equal("119.00", report.Currencies.Single(one => one.Currency == "EUR").Owed.Amount);
        var friendly = report.Steps.Single(step => step.Tone is NoticeTone.Friendly);
        Assert.Equal(
            (3, 1, 1, 1),
            (friendly.Invoices, friendly.PaidWithin7, friendly.PaidWithin14, friendly.PaidWithin30)
        );
        Assert.Equal(Emails.Count(), report.Channels.Single(channel => channel.Channel is Channel.Email).Messages);
        Assert.Equal((1, 6), (report.Paid.Invoices, report.Paid.DaysLate));
        Assert.Equal((1, 1m), (report.Paid.Reminders, report.Paid.RemindersPerInvoice));
    }

    [Fact]
    public async Task A_span_before_the_first_message_has_none_and_the_parts_of_the_book_add_up()
    {
        for (var i = 0; i < 12; i++)
            await PostInvoiceAsync(Invoice($"S-{i}", customer: Customer($"s{i}", $"ap@s{i}.example")));
        await AdvanceToAsync("2026-03-20T10:00Z");

        var before = await ReportAsync(new { from = "2026-01-01", until = "2026-02-01" });
        var now = await ReportAsync(new { });

        Assert.Empty(before.Steps);
        Assert.Empty(before.Channels);
        Assert.Equal((12, 12), (now.Customers, now.Steps.Single(step => step.Tone is NoticeTone.Friendly).Invoices));
        Assert.Equal("1428.00", now.Currencies.Single().Owed.Amount);
    }

    [Fact]
    public async Task As_csv_each_figure_is_a_row()
    {
        await PostInvoiceAsync(Invoice("C-1"));
        var id = await StartAsync(new { });
        using var early = await Http.GetAsync(new Uri($"api/reports/{id}", UriKind.Relative));
        await Host.PumpAsync(only: Queues.Jobs);

        var csv = await Http.GetStringAsync(new Uri($"api/reports/{id}?format=csv", UriKind.Relative));
        using var wrong = await Http.GetAsync(new Uri($"api/reports/{id}?format=pdf", UriKind.Relative));
        using var unknown = await Http.GetAsync(new Uri($"api/reports/{new string('0', 32)}", UriKind.Relative));

        Assert.Contains("ageing,GBP,owed,119.00,GBP\r\n", csv, StringComparison.Ordinal);
        Assert.Contains("promises,,kept,0,\r\n", csv, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound),
            (early.StatusCode, wrong.StatusCode, unknown.StatusCode)
        );
    }

    [Theory]
    [InlineData("""{"from":"2026-03-02","until":"2026-03-01"}""", "#/from")]
    [InlineData("""{"until":"2030-01-01"}""", "#/until")]
    [InlineData("""{"since":"2026-01-01"}""", "#/since")]
    public async Task A_span_that_is_none_is_refused(string body, string pointer)
    {
        using var response = await PostAsync("api/reports", JsonDocument.Parse(body).RootElement);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    private async Task<Report> ReportAsync(object body)
    {
        var id = await StartAsync(body);
        await Host.PumpAsync(only: Queues.Jobs);
        return (await Http.GetFromJsonAsync<Report>($"api/reports/{id}", Rows.Json))!;
    }

    private async Task<string> StartAsync(object body)
    {
        using var response = await PostAsync("api/reports", body);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
