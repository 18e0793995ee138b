using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

public sealed class StatementsOfAccount : Scenario
{
    [Fact]
    public async Task A_statement_shows_each_movement_the_open_items_and_a_running_balance()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1", issued: "2026-01-10", due: "2026-02-09"));
        await PostInvoiceAsync(Invoice("HF-2", "20.00", issued: "2026-02-20"));
        await PayAsync(one, "19.00", "2026-02-25");
        await ChangeAsync(one, "dispute", new { reason = "wrong price" });

        var statement = await GetAsync(CustomerOf(one), "?from=2026-02-01&to=2026-03-01");

        Assert.Equal("2026-02-01", statement.GetProperty("from").GetString());
        var pounds = Assert.Single(statement.GetProperty("currencies").EnumerateArray());
        Assert.Equal(
            ("GBP", "119.00", "120.00"),
            (Text(pounds, "currency"), Text(pounds, "openingBalance"), Text(pounds, "closingBalance"))
        );
        Assert.Equal(
            ["2026-02-20 invoice HF-2 20.00 139.00", "2026-02-25 payment HF-1 -19.00 120.00"],
            pounds
                .GetProperty("lines")
                .EnumerateArray()
                .Select(l => string.Join(' ', _lineFields.Select(field => Text(l, field))))
        );
        var item = pounds.GetProperty("openItems")[0];
        Assert.Equal(
            ("HF-1", "119.00", "19.00", "100.00", 20, true),
            (
                Text(item, "number"),
                Text(item, "originalAmount"),
                Text(item, "paid"),
                Text(item, "open"),
                item.GetProperty("daysOverdue").GetInt32(),
                item.GetProperty("isDisputed").GetBoolean()
            )
        );
        var ageing = pounds.GetProperty("ageing");
        Assert.Equal(("20.00", "100.00"), (Text(ageing, "notDue"), Text(ageing, "days1To30")));
    }

    [Fact]
    public async Task Without_dates_it_covers_the_last_full_month_up_to_today()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));

        var statement = await GetAsync(CustomerOf(id), "");

        Assert.Equal(("2026-02-01", "2026-03-02"), (Text(statement, "from"), Text(statement, "to")));
    }

    [Fact]
    public async Task A_payment_that_was_taken_back_leaves_no_line()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await PayAsync(id, "119.00", "2026-02-25", paymentId: "bank-119.00");
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"api/invoices/{id}/payments/bank-119.00")
        {
            Content = JsonContent.Create(new { by = "Maya", reason = "typed twice" }),
        };
        using var taken = await Http.SendAsync(request);
        Assert.True(taken.IsSuccessStatusCode);

        var pounds = (await GetAsync(CustomerOf(id), "")).GetProperty("currencies")[0];

        Assert.Equal(
            ("invoice", "119.00"),
            (Text(pounds.GetProperty("lines")[0], "kind"), Text(pounds, "closingBalance"))
        );
        Assert.Equal(1, pounds.GetProperty("lines").GetArrayLength());
    }

    [Theory]
    [InlineData("?format=csv", null)]
    [InlineData("", "text/csv")]
    public async Task A_spreadsheet_gets_numbers_as_numbers_and_no_formula(string query, string? accept)
    {
        var id = await PostInvoiceAsync(Invoice("=HF-1,\"x\"", issued: "2026-02-03"));
        await PayAsync(id, "19.00", "2026-02-25", paymentId: "@SUM(1)");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/customers/{CustomerOf(id)}/statement{query}");
        if (accept is not null)
            request.Headers.Add("Accept", accept);

        using var answer = await Http.SendAsync(request);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal(
            [
                "record,currency,date,kind,number,reference,amount,balance,"
                    + "dueDate,originalAmount,paid,daysOverdue,status",
                "opening,GBP,2026-02-01,,,,,0.00,,,,,",
                "line,GBP,2026-02-03,invoice,\"'=HF-1,\"\"x\"\"\",,119.00,119.00,,,,,",
                "line,GBP,2026-02-25,payment,\"'=HF-1,\"\"x\"\"\",'@SUM(1),-19.00,100.00,,,,,",
                "closing,GBP,2026-03-02,,,,,100.00,,,,,",
                "openItem,GBP,2026-02-03,,\"'=HF-1,\"\"x\"\"\",,100.00,,2026-03-16,119.00,19.00,0,open",
                "ageing,GBP,2026-03-02,notDue,,,100.00,,,,,,",
            ],
            lines[..7]
        );
    }

    [Theory]
    [InlineData("?from=yesterday", "#/from")]
    [InlineData("?from=2026-02-30", "#/from")]
    [InlineData("?from=", "#/from")]
    [InlineData("?to=2026-03-03", "#/to")]
    [InlineData("?to=31.12.2025", "#/to")]
    [InlineData("?from=2026-02-02&to=2026-02-01", "#/from")]
    [InlineData("?from=2026-03-03", "#/from")]
    [InlineData("?format=pdf", "#/format")]
    public async Task A_wrong_parameter_is_named(string query, string pointer)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));

        using var answer = await Http.GetAsync($"api/customers/{CustomerOf(id)}/statement{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(pointer, Text(problem.GetProperty("errors")[0], "pointer"));
    }

    [Theory]
    [InlineData("c0000000000000000")]
    [InlineData("nobody")]
    public async Task An_unknown_customer_has_none(string id) => Assert.Equal(404, await StatusAsync(id));

    [Fact]
    public async Task An_erased_customer_has_none()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var erased = await Http.DeleteAsync($"api/customers/{CustomerOf(id)}?force=true");
        Assert.True(erased.IsSuccessStatusCode);

        Assert.Equal(404, await StatusAsync(CustomerOf(id)));
    }

    [Fact]
    public async Task The_id_of_a_merged_customer_leads_to_the_statement_of_the_other()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        var two = await PostInvoiceAsync(Invoice("HF-2", "20.00", customer: Customer("beta", "ap@beta.example")));
        await PayAsync(one, "19.00", "2026-02-25");
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

        var statement = await GetAsync(CustomerOf(one), "");

        Assert.Equal(CustomerOf(two), Text(statement, "customerId"));
        Assert.Equal("120.00", Text(statement.GetProperty("currencies")[0], "closingBalance"));
    }

    private static readonly string[] _lineFields = ["date", "kind", "number", "amount", "balance"];

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private Task<JsonElement> GetAsync(string customer, string query) =>
        Http.GetFromJsonAsync<JsonElement>($"api/customers/{customer}/statement{query}");

    private async Task<int> StatusAsync(string customer)
    {
        using var answer = await Http.GetAsync($"api/customers/{customer}/statement");
        return (int)answer.StatusCode;
    }
}
