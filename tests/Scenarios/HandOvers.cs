using System.Net;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>A person hands over a claim of £119, due on Monday 16 March 2026, to a collector.</summary>
public sealed class HandOvers : Scenario
{
    private static readonly object _handOver = new
    {
        to = "Northern Collections",
        by = "Maya",
        note = "all papers sent",
    };

    [Fact]
    public async Task Nobody_is_reminded_of_it_until_it_is_taken_back_and_payments_count()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceDailyAsync("2026-03-09", "2026-03-20");
        var sent = LettersTo("amberley").Count;

        using var handedOver = await PostAsync($"api/invoices/{id}/hand-over", _handOver);
        var answer = JsonElement.Parse(await handedOver.Content.ReadAsStringAsync());
        Assert.Equal("onHold", answer.GetProperty("state").GetString());
        Assert.Contains(
            "No notice before collection",
            answer.GetProperty("warnings")[0].GetString(),
            StringComparison.Ordinal
        );
        await ChangeAsync(id, "hand-over", _handOver);
        Assert.Single(await EventsAsync(id), kind => kind == "handedOver");

        await AdvanceDailyAsync("2026-03-23", "2026-04-03");
        Assert.Equal(sent, LettersTo("amberley").Count);
        var hold = (await GetInvoiceAsync(id)).GetProperty("hold");
        Assert.Equal(
            ("handedOver", "Northern Collections"),
            (hold.GetProperty("reason").GetString(), hold.GetProperty("text").GetString())
        );
        using var why = JsonDocument.Parse(await Http.GetStringAsync($"api/invoices/{id}/why?on=2026-03-24"));
        Assert.Equal(
            "On hold by Maya: handed over to Northern Collections; all papers sent",
            why.RootElement.GetProperty("words").GetString()
        );
        using var held = await PostAsync($"api/invoices/{id}/hold", new { until = "2026-04-10" });
        Assert.Equal(HttpStatusCode.Conflict, held.StatusCode);

        await PayAsync(id, "19.00", "2026-04-03");
        Assert.Equal(("100.00", "onHold"), (await BalanceAsync(id), await StateAsync(id)));
        await PayAsync(id, "100.00", "2026-04-03", paymentId: "bank-2");
        Assert.Equal("settled", await StateAsync(id));
        using var removed = await RequestAsync(
            HttpMethod.Delete,
            $"api/invoices/{id}/payments/bank-2",
            new { by = "Maya", reason = "twice" }
        );
        Assert.True(removed.IsSuccessStatusCode);
        // The collector still has it.
        Assert.Equal(("100.00", "onHold"), (await BalanceAsync(id), await StateAsync(id)));

        var before = LettersTo("amberley").Count;
        await ChangeAsync(id, "resume", new { by = "Maya", reason = "they gave it back" });
        Assert.False((await GetInvoiceAsync(id)).TryGetProperty("hold", out _));
        await AdvanceDailyAsync("2026-04-06", "2026-04-17");
        Assert.True(LettersTo("amberley").Count > before);
    }

    [Fact]
    public async Task A_request_that_says_too_little_is_refused_and_changes_nothing()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        (HttpMethod Method, string Route, object Body, int Status)[] requests =
        [
            (HttpMethod.Post, $"{id}/hand-over", new { by = "Maya" }, 422),
            (HttpMethod.Post, $"{id}/hand-over", new { to = "Northern Collections" }, 422),
            (HttpMethod.Post, $"{id}/hand-over", new { to = "", by = "Maya" }, 422),
            (HttpMethod.Post, $"{id}/hand-over", new { to = new string('x', 101), by = "Maya" }, 422),
            (HttpMethod.Post, $"{id}/hand-over", new { to = 7, by = "Maya" }, 422),
            (HttpMethod.Post, $"{id}x/hand-over", new { to = "Northern Collections", by = "Maya" }, 404),
            (HttpMethod.Post, $"{id}/credit-report", new { on = "2026-03-01" }, 422),
            (HttpMethod.Post, $"{id}/credit-report", new { by = "Maya", on = "2026-02-30" }, 422),
            (HttpMethod.Post, $"{id}/credit-report", new { by = "Maya" }, 409),
            (HttpMethod.Post, $"{id}x/credit-report", new { by = "Maya" }, 404),
            (HttpMethod.Delete, $"{id}/credit-report", new { by = "Maya" }, 422),
            (HttpMethod.Delete, $"{id}/credit-report", new { reason = "paid" }, 422),
            (HttpMethod.Delete, $"{id}/credit-report", new { by = "Maya", reason = "paid" }, 409),
            (HttpMethod.Delete, $"{id}x/credit-report", new { by = "Maya", reason = "paid" }, 404),
        ];

        foreach (var (method, route, body, status) in requests)
        {
            using var answer = await RequestAsync(method, $"api/invoices/{route}", body);
            Assert.Equal((route, body, status), (route, body, (int)answer.StatusCode));
        }
        Assert.Equal(["accepted"], await EventsAsync(id));
    }
}
