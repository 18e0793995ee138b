using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>What a statement of account says of plans and promises.</summary>
public sealed class StatementAgreements : Scenario
{
    [Fact]
    public async Task Promises_are_counted_by_how_they_ended()
    {
        var kept = await PostInvoiceAsync(Invoice("K-1", "50.00", due: "2026-03-02"));
        var broken = await PostInvoiceAsync(Invoice("B-2", "50.00", due: "2026-03-02"));
        var withdrawn = await PostInvoiceAsync(Invoice("W-3", "50.00", due: "2026-03-02"));
        var writtenOff = await PostInvoiceAsync(Invoice("O-4", "50.00", due: "2026-03-02"));
        foreach (var id in new[] { kept, broken, withdrawn, writtenOff })
            await ChangeAsync(id, "promise", new { date = "2026-03-04" });
        using var paid = await PostAsync(
            $"api/invoices/{kept}/payments",
            new { amount = "50.00", currency = "GBP" },
            ("Idempotency-Key", "k")
        );
        using var given = await PostAsync(
            $"api/invoices/{writtenOff}/write-off",
            new { by = "Maya", reason = "insolvent" },
            ("Idempotency-Key", "w")
        );
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"api/invoices/{withdrawn}/promise")
        {
            Content = JsonContent.Create(new { by = "Maya" }),
        };
        using var deleted = await Http.SendAsync(request);
        Assert.True(paid.IsSuccessStatusCode && deleted.IsSuccessStatusCode && given.IsSuccessStatusCode);
        await AdvanceDailyAsync("2026-03-03", "2026-03-09");

        var statement = await Http.GetFromJsonAsync<JsonElement>(
            $"api/customers/{kept[..kept.IndexOf('-', StringComparison.Ordinal)]}/statement"
        );
        Assert.Equal("""{"kept":1,"broken":1,"pending":0}""", statement.GetProperty("promises").GetRawText());
    }

    [Fact]
    public async Task The_next_part_and_the_promised_day_stand_beside_their_invoices()
    {
        var planned = await PostInvoiceAsync(Invoice("P-1", "300.00"));
        await ChangeAsync(
            planned,
            "plan",
            new
            {
                parts = 3,
                from = "2026-03-20",
                by = "Maya",
            }
        );
        var promised = await PostInvoiceAsync(Invoice("V-2", "50.00"));
        await ChangeAsync(promised, "promise", new { date = "2026-03-25" });
        var customer = $"api/customers/{planned[..planned.IndexOf('-', StringComparison.Ordinal)]}/statement";

        var items = (await Http.GetFromJsonAsync<JsonElement>(customer))
            .GetProperty("currencies")[0]
            .GetProperty("openItems");
        Assert.Equal("2026-03-25", items[0].GetProperty("promisedOn").GetString());
        Assert.Equal(
            (1, 3, "100.00", "2026-03-20"),
            (
                items[1].GetProperty("part").GetProperty("number").GetInt32(),
                items[1].GetProperty("part").GetProperty("of").GetInt32(),
                items[1].GetProperty("part").GetProperty("open").GetString(),
                items[1].GetProperty("part").GetProperty("dueDate").GetString()
            )
        );

        using var sent = await PostAsync(customer, new { });
        Assert.True(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        await AdvanceToAsync("2026-03-02T10:00Z");
        var letter = LettersTo("tom@amberley.example")
            .Last(mail => mail.Plain.Contains("Promised", StringComparison.Ordinal));
        Assert.Contains("GBP 100.00 by 20 March 2026", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("Promised for 25 March 2026.", letter.Plain, StringComparison.Ordinal);
    }
}
