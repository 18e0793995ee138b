using System.Net;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Dashboard;

/// <summary>
/// £119, due on Monday 2 March 2026; a letter said that it will be reported to the Credit Bureau if it is neither paid
/// nor disputed by Friday 20 March.
/// </summary>
public sealed class LastStepsTests : DashboardScenario
{
    [Fact]
    public async Task The_page_of_an_invoice_offers_what_is_possible_and_no_more()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-02"));
        await Table.AnnounceReportAsync(
            id,
            new(new NoticeId("20260306090000-email"), "Credit Bureau", TestData.Day("2026-03-20"))
        );
        Host.Clock.SetTo(At("2026-03-20T09:00Z"));
        Assert.Equal(["handOver"], await OfferedAsync(id));
        Host.Clock.SetTo(At("2026-03-23T09:00Z"));
        Assert.Equal(["handOver", "reportCredit"], await OfferedAsync(id));

        await DoAsync("handOver", id, ("to", "Northern Collections"));
        Assert.Equal(["reportCredit"], await OfferedAsync(id));
        await DoAsync("reportCredit", id, ("on", "2026-03-21"));
        Assert.Equal(["withdrawReport"], await OfferedAsync(id));

        await PayAsync(id, "119.00", "2026-03-23");
        Assert.Equal(["withdrawReport"], await OfferedAsync(id));
        using var browser = await SignInAsync();
        Assert.Contains(
            $"do/withdrawReport/{id}",
            await browser.GetStringAsync($"{Home}/todo"),
            StringComparison.Ordinal
        );
        await DoAsync("withdrawReport", id, ("reason", "paid"));
        Assert.Empty(await OfferedAsync(id));
        Assert.Equal(
            // The clock stands still, so that they have no order.
            ["creditReported", "creditReportWithdrawn", "handedOver"],
            (await EventsAsync(id))
                .Where(kind => kind.Contains("credit", StringComparison.Ordinal) || kind == "handedOver")
                .Order(StringComparer.OrdinalIgnoreCase)
        );
    }

    private async Task<IReadOnlyList<string>> OfferedAsync(string id)
    {
        using var browser = await SignInAsync();
        var page = await browser.GetStringAsync($"{Home}/invoices/{id}");
        return
        [
            .. new[] { "handOver", "reportCredit", "withdrawReport" }.Where(action =>
                page.Contains($"do/{action}/{id}", StringComparison.Ordinal)
            ),
        ];
    }

    private async Task DoAsync(string action, string id, params (string, string)[] fields)
    {
        using var browser = await SignInAsync();
        var path = $"{Home}/do/{action}/{id}";
        var token = await TokenAsync(browser, path);
        (string, string)[] asked = [.. fields, ("token", token)];
        using var check = await SendFormAsync(browser, path, asked);
        Assert.Equal(HttpStatusCode.OK, check.StatusCode);
        var page = await check.Content.ReadAsStringAsync();
        var revision = page.Split("name=\"revision\" value=\"")[1].Split('"')[0];
        using var done = await SendFormAsync(browser, path, [.. asked, ("revision", revision), ("confirmed", "yes")]);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
    }
}
