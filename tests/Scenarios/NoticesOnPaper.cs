using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// A Dutch consumer owes EUR 119.00 since Monday 16 March 2026. The 14 days of the notice before collection count from
/// the day after receipt, and a letter is presumed to arrive on the second day, not on a Sunday or Monday: a date that
/// is too early voids the costs.
/// </summary>
[Trait("Category", "Long")]
public sealed class NoticesOnPaper : Scenario
{
    protected override string Policies =>
        """
            [{"name":"default","version":3,"lateCharges":{"customersAre":"consumer","vatNotDeductible":true},"steps":[
              {"id":"first","days":3,"tone":"friendly","channels":["email"]},
              {"id":"notice","days":21,"tone":"preCollectionNotice","channels":["letter"],"payByDays":10,
               "needsApproval":true,"charge":["interest"]}]}]
            """;

    [Fact]
    public async Task A_dutch_notice_counts_from_receipt_and_is_printed_again_when_it_is_posted_too_late()
    {
        var id = await PostInvoiceAsync(
            With(
                Invoice(
                    "NL-1",
                    currency: "EUR",
                    customer: new
                    {
                        externalId = "NL",
                        name = "Jansen",
                        email = "jansen@buyer.example",
                        timeZone = "Europe/Amsterdam",
                        country = "NL",
                        address = new
                        {
                            line1 = "Herengracht 1",
                            postalCode = "1015 BA",
                            city = "Amsterdam",
                            country = "NL",
                        },
                    }
                ),
                ("paymentUrl", "https://pay.example.com/NL-1")
            )
        );
        await AdvanceDailyAsync("2026-03-16", "2026-04-07");
        await ChangeAsync(id, "resume", new { by = "Maya" });
        await AdvanceToAsync("2026-04-08T09:00Z");
        Assert.Single(Emails);

        // Printed for Wednesday the 8th: presumed to arrive on Friday, 14 days from Saturday on.
        var (letter, html) = await PrintAsync("2026-04-08");
        Assert.Contains("24 April 2026", html, StringComparison.Ordinal);
        Assert.Contains("counted from the day after you receive this letter", html, StringComparison.Ordinal);
        Assert.Contains("NETHERLANDS", html, StringComparison.Ordinal);

        // Posted on Friday: presumed to arrive on Tuesday, so the letter leaves too little time.
        await AdvanceDailyAsync("2026-04-09", "2026-04-10");
        Assert.Equal("deadlineTooEarly", await PostedAsync(letter, "2026-04-10"));
        Assert.Single(await EventsAsync(id), "sent");

        (letter, html) = await PrintAsync("2026-04-10");
        Assert.Contains("28 April 2026", html, StringComparison.Ordinal);
        Assert.Equal("posted", await PostedAsync(letter, "2026-04-10"));
        Assert.Equal(2, (await EventsAsync(id)).Count(kind => kind == "sent"));
        // The letter charges interest, and only now.
        Assert.Contains("charged", await EventsAsync(id));

        // The claim is handed over when the time is over, not before.
        Assert.Contains("2026-04-28", await HandOverWarningsAsync(id, "2026-04-28"), StringComparison.Ordinal);
        Assert.Equal("", await HandOverWarningsAsync(id, "2026-04-29"));
    }

    [Fact]
    public async Task Where_no_written_way_leads_to_the_customer_a_person_is_asked_instead()
    {
        var id = await PostInvoiceAsync(
            With(
                Invoice(
                    "NL-2",
                    currency: "EUR",
                    customer: new
                    {
                        externalId = "NL",
                        name = "Jansen",
                        phone = "+31612345678",
                        country = "NL",
                    }
                ),
                ("paymentUrl", "https://pay.example.com/NL-2")
            )
        );
        await AdvanceDailyAsync("2026-03-16", "2026-04-07");
        await ChangeAsync(id, "resume", new { by = "Maya" });
        await AdvanceToAsync("2026-04-08T09:00Z");

        Assert.Contains(
            await SaidAsync(id, "taskForPerson"),
            text => text.Contains("no address to which it may be sent", StringComparison.Ordinal)
        );
        Assert.Empty(await IdsAsync());
        var followUps = await Http.GetStringAsync("api/manage/follow-ups");
        Assert.Contains("NL-2", followUps, StringComparison.Ordinal);
    }

    private async Task<string> HandOverWarningsAsync(string id, string day)
    {
        await AdvanceToAsync($"{day}T09:00Z");
        using var answer = await PostAsync($"api/invoices/{id}/hand-over", new { to = "Incasso BV", by = "Maya" });
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode is HttpStatusCode.OK
            ? string.Join(
                '\n',
                JsonElement.Parse(text).TryGetProperty("warnings", out var warnings)
                    ? warnings.EnumerateArray().Select(warning => warning.GetString())
                    : []
            )
            : text;
    }

    private async Task<(string Id, string Html)> PrintAsync(string postOn)
    {
        using var answer = await PostAsync(
            "api/manage/letters/print",
            new
            {
                by = "Maya",
                postOn,
                letters = await IdsAsync(),
            }
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var printed = JsonElement.Parse(text);
        return (
            printed.GetProperty("printed").EnumerateArray().Single().GetString()!,
            printed.GetProperty("document").GetString()!
        );
    }

    private async Task<IReadOnlyList<string>> IdsAsync() =>
        [
            .. (await Http.GetFromJsonAsync<JsonElement>("api/manage/letters"))
                .GetProperty("letters")
                .EnumerateArray()
                .Select(letter => letter.GetProperty("id").GetString()!),
        ];

    private async Task<string> PostedAsync(string letter, string on)
    {
        using var answer = await PostAsync(
            "api/manage/letters/posted",
            new
            {
                by = "Maya",
                on,
                letters = new[] { letter },
            }
        );
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("letters")[0].GetProperty("result").GetString()!;
    }
}
