using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Invalid input is rejected with the field and the correction, and nothing of it is stored.</summary>
public sealed class BadInput : Scenario
{
    /// <summary>The second message charges, after the first has announced it.</summary>
    protected override string Policies =>
        """
            [{ "name": "charging", "version": 1, "lateCharges": { "law": "GB", "customersAre": "business" }, "steps": [
              { "id": "first", "days": 3, "tone": "friendly", "channels": ["email"] },
              { "id": "second", "days": 10, "tone": "helpful", "channels": ["email"], "charge": ["fixedSum", "interest"] }
            ] }]
            """;

    private const string Good =
        """{"externalId":"a","number":"1","issueDate":"2026-02-01","dueDate":"2026-03-16","currency":"EUR","amountDue":"1.00","customer":{"name":"A","email":"a@a.example"}}""";

    [Fact]
    public async Task Each_bad_document_gets_its_status_and_problem()
    {
        (string Case, string Type, string Body, int Status, string Says)[] cases =
        [
            (
                "wrong currency",
                "application/json",
                Good.Replace("EUR", "EURO", StringComparison.Ordinal),
                422,
                "#/currency"
            ),
            ("missing fields", "application/json", "{}", 422, "#/customer"),
            (
                "a day that does not exist",
                "application/json",
                Good.Replace("2026-03-16", "2026-02-30", StringComparison.Ordinal),
                422,
                "not_a_date"
            ),
            ("two megabytes", "application/json", Good + new string(' ', 2 * 1024 * 1024), 413, "too-large"),
            ("broken JSON", "application/json", Good[..40], 400, "malformed-json"),
            (
                "same name twice",
                "application/json",
                Good.Replace("{\"externalId\"", "{\"number\":\"2\",\"externalId\"", StringComparison.Ordinal),
                400,
                "duplicate-property"
            ),
            (
                "document type",
                "application/xml",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
                400,
                "malformed-xml"
            ),
            ("another root", "application/xml", "<x/>", 422, "unsupported-document"),
            ("another media type", "text/csv", "a;b", 415, "unsupported-media-type"),
            (
                "unknown policy",
                "application/json",
                Good.Replace("\"number\"", "\"dunning\":{\"policy\":\"gentle\"},\"number\"", StringComparison.Ordinal),
                422,
                "unknown_policy"
            ),
        ];
        foreach (var (name, type, body, status, says) in cases)
        {
            using var content = new StringContent(body, Encoding.UTF8, type);
            using var answer = await Http.PostAsync("api/invoices", content);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(
                (int)answer.StatusCode == status && text.Contains(says, StringComparison.Ordinal),
                $"{name}: {(int)answer.StatusCode} {text}"
            );
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("api/invoices?externalId=a")).StatusCode);
    }

    [Fact]
    public async Task The_same_document_again_changes_nothing_and_an_older_one_is_stale()
    {
        Assert.Equal("created", await OutcomeAsync(Good));
        Assert.Equal("unchanged", await OutcomeAsync(Good));
        Assert.Equal(
            "updated",
            await OutcomeAsync(
                Good.Replace(
                    "\"number\"",
                    "\"updatedAt\":\"2026-03-01T10:00:00Z\",\"number\"",
                    StringComparison.Ordinal
                )
            )
        );
        Assert.Equal(
            "ignoredStale",
            await OutcomeAsync(
                Good.Replace(
                    "\"number\"",
                    "\"updatedAt\":\"2026-02-01T10:00:00Z\",\"number\"",
                    StringComparison.Ordinal
                )
            )
        );
    }

    [Theory]
    [InlineData("de-AT", false)]
    [InlineData("nl", true)]
    public async Task A_language_without_texts_is_reported_and_noted_in_the_history(string locale, bool isMissing)
    {
        using var content = new StringContent(
            Good.Replace("\"email\"", $"\"locale\":\"{locale}\",\"email\"", StringComparison.Ordinal),
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await Http.PostAsync("api/invoices", content);
        var created = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(isMissing, created.ToString().Contains("there are no texts in 'nl'", StringComparison.Ordinal));
        Assert.Equal(
            isMissing,
            (await EventsAsync(created.GetProperty("id").GetString()!)).Contains("languageMissing")
        );
    }

    [Fact]
    public async Task An_unknown_field_is_reported()
    {
        using var content = new StringContent(
            Good.Replace("dueDate", "duedate", StringComparison.Ordinal),
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await Http.PostAsync("api/invoices", content);
        var created = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Contains(
            "did you mean dueDate?",
            created.GetProperty("warnings")[0].GetString(),
            StringComparison.Ordinal
        );
        Assert.Equal("default", created.GetProperty("dueDateSource").GetString());
    }

    [Fact]
    public async Task A_customer_of_no_known_kind_is_accepted_without_it_and_reported()
    {
        using var content = new StringContent(
            Good.Replace("\"name\"", "\"kind\":\"company\",\"name\"", StringComparison.Ordinal),
            Encoding.UTF8,
            "application/json"
        );
        using var answer = await Http.PostAsync("api/invoices", content);
        var created = JsonElement.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(
            "#/customer/kind was left out: use one of business, consumer",
            created.GetProperty("warnings")[0].GetString()
        );
        var customer = await Http.GetFromJsonAsync<JsonElement>(
            $"api/customers/{created.GetProperty("id").GetString()!.Split('-')[0]}"
        );
        Assert.False(customer.TryGetProperty("kind", out _));
    }

    [Fact]
    public async Task A_bulk_import_answers_line_by_line()
    {
        var lines = string.Join(
            '\n',
            Good,
            Good[..30],
            Good,
            Good.Replace("\"a\"", "\"b\"", StringComparison.Ordinal),
            ""
        );
        using var content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        using var answer = await Http.PostAsync("api/invoices/import", content);
        var results = (await answer.Content.ReadAsStringAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))
            .ToList();

        Assert.Equal([201, 400, 422, 201], results.Select(r => r.GetProperty("status").GetInt32()));
        Assert.Equal([1, 2, 3, 4], results.Select(r => r.GetProperty("line").GetInt32()));
        Assert.Contains("duplicate_in_batch", results[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        using var content = new StringContent(Good, Encoding.UTF8, "application/x-ndjson");
        using var answer = await Http.PostAsync("api/invoices/import?dryRun=true", content);

        Assert.Contains("created", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("api/invoices?externalId=a")).StatusCode);
    }

    /// <summary>
    /// Due Friday, 20 February 2026: announced on Monday, 2 March, charged a week later. 17 days at 3.75 + 8 = 11.75 %
    /// are 119.00 × 11.75 % × 17 / 365 = 0.651.
    /// </summary>
    [Fact]
    public async Task Each_bad_request_about_charges_gets_its_status_and_problem_and_a_charge_is_waived_once()
    {
        var id = await PostInvoiceAsync(
            With(Invoice("HF-1", due: "2026-02-20"), ("dunning", new { policy = "charging" }))
        );
        await AdvanceToAsync("2026-03-02T09:00Z");
        await AdvanceToAsync("2026-03-09T09:00Z");
        await PayAsync(id, "10.00", "2026-03-09", paymentId: "bank-1");
        Assert.Equal("149.65", await BalanceAsync(id));
        var unknown = id[..^1] + (id[^1] == '0' ? '1' : '0');
        var customer = id.Split('-')[0];
        const string Waiver = """{"by":"Maya","reason":"agreed on the phone"}""";

        (string Method, string Path, string? Body, int Status, string Says)[] cases =
        [
            ("GET", $"invoices/{id}/interest?on=tomorrow", null, 422, "not_a_date"),
            ("GET", $"invoices/{id}/interest?on=", null, 422, "not_a_date"),
            ("GET", $"invoices/{id}/interest?on=2026-02-30", null, 422, "#/on"),
            ("GET", $"invoices/{id}/interest?on=2026-03-01T10:00:00Z", null, 422, "not_a_date"),
            ("GET", $"invoices/{id}/interest?on=2026-03-01&on=2026-03-02", null, 422, "not_a_date"),
            ("GET", $"invoices/{id}/interest?on=0001-01-01", null, 422, "date_out_of_range"),
            ("GET", $"invoices/{id}/interest?on=2028-03-10", null, 422, "too_late"),
            ("GET", $"invoices/{unknown}/interest", null, 404, "invoice with this id"),
            ("GET", "invoices/nothing/interest", null, 404, "invoice with this id"),
            ("GET", $"invoices/{unknown}/events/verify", null, 404, "invoice with this id"),
            ("GET", "invoices/nothing/events/verify", null, 404, "invoice with this id"),
            ("GET", $"invoices/{unknown}/evidence", null, 404, "invoice with this id"),
            ("GET", "invoices/nothing/evidence", null, 404, "invoice with this id"),
            ("GET", "customers/nothing/evidence", null, 404, "customer with this id"),
            ("DELETE", $"invoices/{id}/charges/fixed-sum", null, 400, "body"),
            ("DELETE", $"invoices/{id}/charges/fixed-sum", "{", 400, "malformed-json"),
            ("DELETE", $"invoices/{id}/charges/fixed-sum", "[]", 422, "object"),
            ("DELETE", $"invoices/{id}/charges/fixed-sum", "{}", 422, "#/by"),
            ("DELETE", $"invoices/{id}/charges/fixed-sum", """{"by":"Maya"}""", 422, "#/reason"),
            ("DELETE", $"invoices/{id}/charges/fixed-sum", """{"by":1,"reason":"r"}""", 422, "#/by"),
            ("DELETE", $"invoices/{id}/charges/fixed-sum", """{"by":"Maya","reason":["r"]}""", 422, "#/reason"),
            ("DELETE", $"invoices/{id}/charges/fixed-sum", """{"by":" ","reason":"r"}""", 422, "#/by"),
            ("DELETE", $"invoices/{id}/charges/none", Waiver, 404, "charge with this id"),
            ("DELETE", $"invoices/{id}/charges/bank-1", Waiver, 404, "charge with this id"),
            ("DELETE", $"invoices/{unknown}/charges/fixed-sum", Waiver, 404, "invoice with this id"),
            ("DELETE", "invoices/nothing/charges/fixed-sum", Waiver, 404, "invoice with this id"),
            ("PUT", $"customers/{customer}", """{"by":"Maya","kind":"company"}""", 422, "#/kind"),
            ("PUT", $"customers/{customer}", """{"by":"Maya","kind":1}""", 422, "#/kind"),
        ];
        foreach (var (method, path, body, status, says) in cases)
        {
            var (answered, text, type) = await SendAsync(method, path, body);
            Assert.True(
                answered == status && text.Contains(says, StringComparison.Ordinal),
                $"{method} {path} {body}: {answered} {text}"
            );
            Assert.Equal("application/problem+json", type);
        }
        Assert.Equal("149.65", await BalanceAsync(id));
        Assert.DoesNotContain("chargeWaived", await EventsAsync(id));

        // Days without a delay, and the last day that is answered.
        Assert.Equal("0.00", (await InterestAsync(id, "2026-01-01")).GetProperty("total").GetString());
        Assert.Equal("0.00", (await InterestAsync(id, "2026-02-20")).GetProperty("total").GetString());
        Assert.Equal("2028-03-09", (await InterestAsync(id, "2028-03-09")).GetProperty("on").GetString());

        for (var i = 0; i < 2; i++)
        {
            var (answered, text, _) = await SendAsync("DELETE", $"invoices/{id}/charges/fixed-sum", Waiver);
            Assert.Equal((200, "109.65"), (answered, JsonElement.Parse(text).GetProperty("balance").GetString()));
        }
        Assert.Single(await EventsAsync(id), kind => kind == "chargeWaived");
        Assert.Equal(
            [("fixed-sum", "40.00", true), ("interest", "0.65", false)],
            (await InterestAsync(id, "2026-03-09"))
                .GetProperty("charged")
                .EnumerateArray()
                .Select(charge =>
                    (
                        charge.GetProperty("id").GetString()!.StartsWith("interest", StringComparison.Ordinal)
                            ? "interest"
                            : charge.GetProperty("id").GetString()!,
                        charge.GetProperty("amount").GetString()!,
                        charge.GetProperty("waived").GetBoolean()
                    )
                )
                .Order()
        );
    }

    private Task<JsonElement> InterestAsync(string id, string on) =>
        Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}/interest?on={on}");

    private async Task<(int Status, string Text, string? Type)> SendAsync(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"api/{path}")
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var answer = await Http.SendAsync(request);
        return (
            (int)answer.StatusCode,
            await answer.Content.ReadAsStringAsync(),
            answer.Content.Headers.ContentType?.MediaType
        );
    }

    private async Task<string?> OutcomeAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("api/invoices", content);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("outcome").GetString();
    }
}
