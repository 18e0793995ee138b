using System.Net;
using System.Text;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Invalid input is rejected with the field and the correction, and nothing of it is stored.</summary>
public sealed class BadInput : Scenario
{
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

    private async Task<string?> OutcomeAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync("api/invoices", content);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("outcome").GetString();
    }
}
