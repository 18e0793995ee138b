using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Letters on paper: printed by a person, and sent only when a person says that they were posted. The customer prefers
/// letters. Due Monday 16 March 2026: the first reminder falls due on the 19th, the second on the 23rd.
/// </summary>
[Trait("Category", "Long")]
public sealed class PostalLetters : Scenario
{
    [Fact]
    public async Task A_letter_counts_as_sent_from_the_day_on_which_it_was_posted()
    {
        var id = await PostWithLettersAsync("HF-1");
        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Empty(Emails);
        var letter = Assert.Single(await ListAsync());
        Assert.Equal(("toPrint", "friendly"), (Text(letter, "state"), Text(letter, "tone")));
        Assert.Equal(
            ["amberley Ltd", "1 Quay Street", "Bristol BS1 4DJ"],
            letter.GetProperty("address").EnumerateArray().Select(line => line.GetString())
        );

        var document = await PrintAsync(letter);
        Assert.Contains("HF-1", document, StringComparison.Ordinal);
        Assert.DoesNotContain("sent", await EventsAsync(id));
        Assert.Equal("toPost", Text(Assert.Single(await ListAsync()), "state"));

        // It lies on the desk over the weekend, and is posted on Monday.
        await AdvanceDailyAsync("2026-03-20", "2026-03-24");
        Assert.Equal(
            "posted",
            await PostedAsync(
                letter,
                new
                {
                    by = "Maya",
                    on = "2026-03-23",
                    trackingNumber = "RR123456785GB",
                }
            )
        );
        Assert.Empty(await ListAsync());
        Assert.Equal(["Letter posted on 2026-03-23: RR123456785GB by Maya"], await SaidAsync(id, "sent"));
        // Said twice, recorded once.
        Assert.Equal("alreadyPosted", await PostedAsync(letter, new { by = "Maya", on = "2026-03-23" }));
        Assert.Single(await EventsAsync(id), "sent");

        // The second step was due on the 23rd: it waits for three days since the posting.
        await AdvanceDailyAsync("2026-03-25", "2026-03-25");
        Assert.Empty(await ListAsync());
        await AdvanceDailyAsync("2026-03-26", "2026-03-26");
        Assert.Equal("helpful", Text(Assert.Single(await ListAsync()), "tone"));

        // What was printed is kept.
        var notice = Text(letter, "id")!.Split('.')[1];
        var kept = await Http.GetFromJsonAsync<JsonElement>($"api/invoices/{id}/messages/{notice}");
        Assert.Contains("HF-1", kept.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_is_printed_and_never_posted_holds_the_next_steps_and_says_so_when_it_is_not_needed()
    {
        var id = await PostWithLettersAsync("HF-1");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var letter = Assert.Single(await ListAsync());
        await PrintAsync(letter);

        await AdvanceDailyAsync("2026-03-20", "2026-04-20");
        Assert.DoesNotContain("sent", await EventsAsync(id));
        Assert.Equal("letter", Text(Assert.Single(await FollowUpsAsync()), "kind"));
        Assert.Equal("first", (await GetInvoiceAsync(id)).GetProperty("step").GetString());

        await PayAsync(id, "119.00", "2026-04-20");
        await RecoverAsync();
        var waiting = Assert.Single(await ListAsync());
        Assert.Equal(("notNeeded", "the invoice no longer exists"), (Text(waiting, "state"), Text(waiting, "whyNot")));
        using var dropped = await PostAsync(
            $"api/manage/letters/{Text(letter, "id")}/drop",
            new { by = "Maya", reason = "paid" }
        );
        Assert.Equal(HttpStatusCode.OK, dropped.StatusCode);
        Assert.Empty(await ListAsync());
    }

    [Fact]
    public async Task A_letter_that_is_not_printed_goes_when_the_money_comes()
    {
        var id = await PostWithLettersAsync("HF-1");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var letter = Assert.Single(await ListAsync());
        await PayAsync(id, "119.00", "2026-03-19");

        Assert.Empty(await ListAsync());
        using var answer = await PostAsync(
            "api/manage/letters/print",
            new { by = "Maya", letters = new[] { Text(letter, "id") } }
        );
        var printed = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Empty(printed.GetProperty("printed").EnumerateArray());
        Assert.Single(printed.GetProperty("skipped").EnumerateArray());
        await RecoverAsync();
        Assert.Empty(await FollowUpsAsync());
    }

    [Fact]
    public async Task What_is_owed_has_changed_since_it_was_printed_so_it_is_printed_again()
    {
        var id = await PostWithLettersAsync("HF-1");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var letter = Assert.Single(await ListAsync());
        Assert.Contains("119.00", await PrintAsync(letter), StringComparison.Ordinal);
        await PayAsync(id, "19.00", "2026-03-19");

        Assert.Equal("outOfDate", Text(Assert.Single(await ListAsync()), "state"));
        Assert.Contains("100.00", await PrintAsync(letter), StringComparison.Ordinal);
        Assert.Equal("toPost", Text(Assert.Single(await ListAsync()), "state"));
        Assert.Equal("posted", await PostedAsync(letter, new { by = "Maya", on = "2026-03-19" }));
    }

    [Fact]
    public async Task A_letter_that_is_dropped_counts_as_taken_and_the_next_step_follows()
    {
        var id = await PostWithLettersAsync("HF-1");
        await AdvanceToAsync("2026-03-19T09:00Z");
        using var dropped = await PostAsync(
            $"api/manage/letters/{Text(Assert.Single(await ListAsync()), "id")}/drop",
            new { by = "Maya", reason = "we met them" }
        );
        Assert.Equal(HttpStatusCode.OK, dropped.StatusCode);
        Assert.Contains("Not sent by letter: discarded by Maya: we met them", await SaidAsync(id, "notSent"));

        await AdvanceDailyAsync("2026-03-20", "2026-03-23");
        Assert.Equal("helpful", Text(Assert.Single(await ListAsync()), "tone"));
    }

    [Fact]
    public async Task A_letter_that_came_back_is_replaced_the_same_day_and_its_address_is_not_used_again()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await PreferAsync(id, "letter", "email");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var letter = Assert.Single(await ListAsync());
        var route = $"api/manage/letters/{Text(letter, "id")}/returned";
        using var early = await PostAsync(route, new { by = "Maya" });
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        await PrintAsync(letter);
        Assert.Equal("posted", await PostedAsync(letter, new { by = "Maya", on = "2026-03-19" }));

        await AdvanceToAsync("2026-03-20T09:00Z");
        using var returned = await PostAsync(route, new { by = "Maya", reason = "moved" });
        using var again = await PostAsync(route, new { by = "Maya", reason = "moved" });
        await Host.PumpAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (returned.StatusCode, again.StatusCode));
        Assert.Single(Emails);
        Assert.Equal(
            ["Not delivered by letter, says Maya: moved; the address is not used any more"],
            await SaidAsync(id, "notDelivered")
        );
        var customer = await Http.GetFromJsonAsync<JsonElement>($"api/customers/{CustomerOf(id)}");
        Assert.Contains("a letter came back", customer.GetProperty("warnings").ToString(), StringComparison.Ordinal);

        // The next step goes by email, too, and a letter goes again as soon as there is another address.
        await AdvanceDailyAsync("2026-03-21", "2026-03-25");
        Assert.Equal(2, Emails.Count());
        Assert.Empty(await ListAsync());
        await ChangeCustomerAsync(id, new { by = "Maya", address = new { line1 = "2 Quay Street", city = "Bristol" } });
        await AdvanceDailyAsync("2026-03-26", "2026-04-10");
        Assert.Single(await ListAsync());
    }

    [Fact]
    public async Task One_letter_names_all_that_is_due_and_a_batch_prints_each_on_pages_of_its_own()
    {
        await PostWithLettersAsync("HF-1");
        await PostWithLettersAsync("HF-2");
        await PostWithLettersAsync("HF-3", "viborg");
        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Equal(2, (await ListAsync()).Count);

        using var answer = await PostAsync("api/manage/letters/print", new { by = "Maya" });
        var batch = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(2, batch.GetProperty("printed").GetArrayLength());
        var html = Text(batch, "document")!;
        Assert.Equal(2, html.Split("class=\"sheet\"").Length - 1);
        Assert.Contains("HF-1", html, StringComparison.Ordinal);
        Assert.Contains("HF-2", html, StringComparison.Ordinal);
        // Nothing is left to print.
        using var again = await PostAsync("api/manage/letters/print", new { by = "Maya" });
        Assert.Empty((await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("printed").EnumerateArray());
    }

    [Theory]
    [InlineData("print", """{ }""", "#/by")]
    [InlineData("print", """{ "by": "Maya", "paper": "a5" }""", "#/paper")]
    [InlineData("print", """{ "by": "Maya", "postOn": "2026-03-01" }""", "#/postOn")]
    [InlineData("print", """{ "by": "Maya", "postOn": "2026-03-10" }""", "#/postOn")]
    [InlineData("print", """{ "by": "Maya", "letters": ["x"] }""", "#/letters")]
    [InlineData("print", """{ "by": "Maya", "copies": 2 }""", "#/copies")]
    [InlineData("c0000000000000000.20260319090000-letter/returned", """{ "reason": "moved" }""", "#/by")]
    [InlineData("c0000000000000000.20260319090000-letter/drop", """{ "reason": "we met" }""", "#/by")]
    [InlineData("posted", """{ "by": "Maya" }""", "#/letters")]
    [InlineData("posted", """{ "letters": [] }""", "#/by")]
    [InlineData("posted", """{ "by": "Maya", "on": "2026-03-03", "letters": [] }""", "#/on")]
    [InlineData("posted", """{ "by": "Maya", "on": "today", "letters": [] }""", "#/on")]
    public async Task A_request_that_is_not_valid_names_the_field(string route, string json, string field)
    {
        using var answer = await PostAsync($"api/manage/letters/{route}", JsonElement.Parse(json));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(field, problem.GetProperty("errors").EnumerateArray().Select(e => Text(e, "pointer")));
    }

    [Fact]
    public async Task A_letter_that_is_not_printed_cannot_be_posted_and_an_unknown_one_is_not_found()
    {
        var id = await PostWithLettersAsync("HF-1");
        await AdvanceToAsync("2026-03-19T09:00Z");
        var letter = Assert.Single(await ListAsync());

        Assert.Equal("notPrinted", await PostedAsync(letter, new { by = "Maya" }));
        await PrintAsync(letter);
        Assert.Equal("wrongDay", await PostedAsync(letter, new { by = "Maya", on = "2026-03-18" }));
        Assert.DoesNotContain("sent", await EventsAsync(id));
        using var unknown = await PostAsync(
            $"api/manage/letters/{id.Split('-')[0]}.20260101-letter/drop",
            new { by = "Maya" }
        );
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var limit = await Http.GetAsync("api/manage/letters?limit=1000");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, limit.StatusCode);
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.ToString() : null;

    private async Task<string> PostWithLettersAsync(string number, string customer = "amberley")
    {
        var id = await PostInvoiceAsync(Invoice(number, customer: Customer(customer, $"ap@{customer}.example")));
        await PreferAsync(id, "letter");
        return id;
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync() =>
        [.. (await Http.GetFromJsonAsync<JsonElement>("api/manage/letters")).GetProperty("letters").EnumerateArray()];

    private async Task<IReadOnlyList<JsonElement>> FollowUpsAsync() =>
        [
            .. (await Http.GetFromJsonAsync<JsonElement>("api/manage/follow-ups"))
                .GetProperty("followUps")
                .EnumerateArray(),
        ];

    private async Task<string> PrintAsync(JsonElement letter)
    {
        using var answer = await PostAsync(
            "api/manage/letters/print",
            new { by = "Maya", letters = new[] { Text(letter, "id") } }
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var printed = JsonElement.Parse(text);
        Assert.Single(printed.GetProperty("printed").EnumerateArray());
        return Text(printed, "document")!;
    }

    private async Task<string> PostedAsync(JsonElement letter, object body)
    {
        var json = JsonSerializer.SerializeToNode(body)!.AsObject();
        json["letters"] = JsonSerializer.SerializeToNode(new[] { Text(letter, "id") });
        using var answer = await PostAsync("api/manage/letters/posted", json);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return Text(JsonElement.Parse(text).GetProperty("letters")[0], "result")!;
    }
}
