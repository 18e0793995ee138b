using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// A policy changes under 100 open invoices. Its preview names the messages of 30 days that come, go and move; a twin
/// of the book, whose policy does not change, shows that exactly these do.
/// </summary>
[Trait("Category", "Long")]
public sealed class PolicyOfABook : Scenario
{
    private const string Policy = "api/policies/default";
    private const int Customers = 25;

    private readonly List<string> _ids = [];

    [Fact]
    public async Task The_preview_says_what_a_change_does_to_a_hundred_open_invoices_and_exactly_that_happens()
    {
        await FillBookAsync();
        var ladder = await LadderAsync();
        var preview = await AskAsync("preview", new { policy = ladder });
        Assert.Equal(100, preview.GetProperty("invoices").GetInt32());
        Assert.Equal(Customers, preview.GetProperty("customers").GetInt32());
        Assert.True(preview.GetProperty("complete").GetBoolean());
        foreach (var kind in new[] { "added", "dropped", "moved" })
        {
            Assert.NotEmpty(preview.GetProperty(kind).EnumerateArray());
            Assert.Equal(
                preview.GetProperty(kind).GetArrayLength(),
                preview.GetProperty("counts").GetProperty(kind).GetInt32()
            );
        }

        using var put = await RequestAsync(HttpMethod.Put, Policy, new { by = "Maya", policy = ladder });
        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync());
        // Nothing moves by itself, and not before every instance knows the version.
        using var early = await PostAsync($"{Policy}/move", new { by = "Maya", version = 3 });
        Assert.Equal(503, (int)early.StatusCode);
        Assert.Equal("60", early.Headers.GetValues("Retry-After").Single());
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.All(await PoliciesAsync(), policy => Assert.Equal("default v2", policy));
        Assert.Equal(100, (await AskAsync("move", new { by = "Maya", version = 3 })).GetProperty("moved").GetInt32());
        Assert.All(await PoliciesAsync(), policy => Assert.Equal("default v3", policy));
        // Repeated, it finds nothing.
        Assert.Equal(0, (await AskAsync("move", new { by = "Maya", version = 3 })).GetProperty("moved").GetInt32());
        var sent = await RunMonthAsync();

        var expected = await SentByTwinAsync();
        foreach (var dropped in LinesOf(preview, "dropped").Concat(LinesOf(preview, "moved", "before")))
            Assert.True(
                expected.Remove(dropped),
                $"The twin did not send {dropped}, which the preview drops or moves."
            );
        expected.AddRange(LinesOf(preview, "added").Concat(LinesOf(preview, "moved", "after")));
        Assert.Equal(expected.Order(), sent.Order());
        Assert.Equal(
            "Policy default v3 instead of default v2 by Maya",
            Assert.Single(await SaidAsync(_ids[0], "policyChanged"))
        );
    }

    /// <summary>No courtesy mail, an earlier and shorter first reminder, and a new step by email only.</summary>
    private async Task<JsonElement> LadderAsync()
    {
        var known = await Http.GetFromJsonAsync<JsonElement>(Policy);
        Assert.Equal(2, known.GetProperty("version").GetInt32());
        Assert.Equal(
            [2, 1],
            known.GetProperty("versions").EnumerateArray().Select(v => v.GetProperty("version").GetInt32())
        );
        return JsonElement.Parse(
            """
            {
              "name": "default", "version": 3,
              "steps": [
                { "id": "first", "businessDays": 2, "tone": "friendly", "channels": ["email"] },
                { "id": "again", "days": 9, "tone": "helpful", "channels": ["email"] },
                { "id": "third", "days": 16, "tone": "firm", "channels": ["email", "escalation"] },
                { "id": "final", "days": 30, "tone": "final", "channels": ["email"], "payByDays": 10 }
              ]
            }
            """
        );
    }

    private async Task FillBookAsync()
    {
        for (var number = 0; number < 4 * Customers; number++)
        {
            var customer = $"c{number % Customers}";
            _ids.Add(
                await PostInvoiceAsync(
                    Invoice(
                        $"HF-{number}",
                        due: new DateOnly(2026, 2, 16)
                            .AddDays(number * 7 % 50)
                            .ToString("O", CultureInfo.InvariantCulture),
                        issued: "2026-01-05",
                        customer: Customer(customer, $"ap@{customer}.example")
                    )
                )
            );
        }
        foreach (var day in new[] { "2026-03-02", "2026-03-05", "2026-03-09" })
            await AdvanceToAsync($"{day}T15:30Z");
        Host.Clock.SetTo(At("2026-03-10T07:00Z"));
    }

    private async Task<List<Line>> RunMonthAsync()
    {
        var start = Host.Clock.GetUtcNow();
        for (var day = start.Date; day <= start.Date.AddDays(30); day = day.AddDays(1))
            await AdvanceToAsync($"{day:yyyy-MM-dd}T15:30Z");
        List<Line> lines = [];
        for (var number = 0; number < _ids.Count; number++)
        {
            Assert.True(InvoiceId.TryParse(_ids[number], out var id));
            lines.AddRange(
                from e in await Table.ReadEventsAsync(id, CancellationToken.None)
                where e.Kind is EventKind.Sent && e.At > start && e.At <= start.AddDays(30)
                select new Line(
                    $"HF-{number}",
                    JsonNamingPolicy.CamelCase.ConvertName(e.Tone!.Value.ToString()),
                    e.Channels![0].Name(),
                    e.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                )
            );
        }
        return lines;
    }

    private static async Task<List<Line>> SentByTwinAsync()
    {
        var twin = new PolicyOfABook();
        await twin.InitializeAsync();
        try
        {
            await twin.FillBookAsync();
            return await twin.RunMonthAsync();
        }
        finally
        {
            await twin.DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<string>> PoliciesAsync()
    {
        List<string> policies = [];
        foreach (var id in _ids)
            policies.Add((await GetInvoiceAsync(id)).GetProperty("policy").GetString()!);
        return policies;
    }

    private async Task<JsonElement> AskAsync(string what, object body)
    {
        using var answer = await PostAsync($"{Policy}/{what}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text);
    }

    private static IEnumerable<Line> LinesOf(JsonElement preview, string kind, string? side = null) =>
        preview
            .GetProperty(kind)
            .EnumerateArray()
            .Select(line => side is null ? line : line.GetProperty(side))
            .Select(line => new Line(
                line.GetProperty("number").GetString()!,
                line.GetProperty("tone").GetString()!,
                line.GetProperty("channel").GetString()!,
                line.GetProperty("on").GetString()!
            ));

    private sealed record Line(string Number, string Tone, string Channel, string On) : IComparable<Line>
    {
        public int CompareTo(Line? other) => string.CompareOrdinal(ToString(), other?.ToString());
    }
}
