using System.Net;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// £119, due on Monday 2 March 2026; a letter said that it will be reported to the Credit Bureau if it is neither paid
/// nor disputed by Friday 20 March.
/// </summary>
public sealed class CreditReports : Scenario
{
    private static readonly object _withdrawal = new { by = "Maya", reason = "paid" };

    [Fact]
    public async Task A_report_of_a_claim_that_is_paid_is_a_task_until_it_is_withdrawn()
    {
        var id = await PostAnnouncedAsync();
        Host.Clock.SetTo(At("2026-03-20T09:00Z"));
        using var early = await ReportAsync(id);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.Contains("2026-03-20", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Host.Clock.SetTo(At("2026-03-23T09:00Z"));
        await ChangeAsync(id, "credit-report", new { by = "Maya", note = "by their web form" });
        await ChangeAsync(id, "credit-report", new { by = "Maya" });
        Assert.Single(await EventsAsync(id), kind => kind == "creditReported");
        var report = (await GetInvoiceAsync(id)).GetProperty("creditReport");
        Assert.Equal(
            ("Credit Bureau", "2026-03-20", "2026-03-23"),
            (
                report.GetProperty("agency").GetString(),
                report.GetProperty("deadline").GetString(),
                report.GetProperty("reportedOn").GetString()
            )
        );
        Assert.DoesNotContain("withdrawCreditReport", await KindsAsync());

        await PayAsync(id, "119.00", "2026-03-23");
        Assert.Equal("settled", await StateAsync(id));
        var task = Assert.Single(await OpenFollowUpsAsync());
        Assert.Equal(
            ("withdrawCreditReport", "Credit Bureau", $"DELETE /api/invoices/{id}/credit-report"),
            (
                task.GetProperty("kind").GetString(),
                task.GetProperty("text").GetString(),
                task.GetProperty("resolve").GetString()
            )
        );
        using var elsewhere = await PostAsync(
            $"api/manage/follow-ups/{task.GetProperty("id").GetString()}/done",
            new { by = "Maya", result = "done" }
        );
        Assert.Equal(HttpStatusCode.Conflict, elsewhere.StatusCode);

        Host.Clock.SetTo(At("2026-03-24T09:00Z"));
        await WithdrawAsync(id);
        await WithdrawAsync(id);
        Assert.Empty(await KindsAsync());
        var withdrawn = await GetInvoiceAsync(id);
        Assert.Equal("2026-03-24", withdrawn.GetProperty("creditReport").GetProperty("withdrawnOn").GetString());
        Assert.Equal(
            [
                "Reported to a credit agency on 2026-03-23 by Maya: Credit Bureau; by their web form",
                "The report to the credit agency was withdrawn on 2026-03-24 by Maya: paid",
            ],
            withdrawn
                .GetProperty("events")
                .EnumerateArray()
                .Where(e => e.GetProperty("kind").GetString()!.StartsWith("creditReport", StringComparison.Ordinal))
                .Select(e => e.GetProperty("what").GetString())
        );
    }

    [Fact]
    public async Task A_dispute_of_a_reported_claim_is_a_task_for_as_long_as_it_lasts()
    {
        var id = await PostAnnouncedAsync();
        Host.Clock.SetTo(At("2026-03-23T09:00Z"));
        await ChangeAsync(id, "credit-report", new { by = "Maya", on = "2026-03-21" });

        await ChangeAsync(
            id,
            "dispute",
            new
            {
                reason = "two missing",
                amount = "20.00",
                currency = "GBP",
            }
        );
        Assert.Equal(["dispute", "withdrawCreditReport"], await KindsAsync());
        await ChangeAsync(id, "resume", new { reason = "they were right to be charged" });
        Assert.Empty(await KindsAsync());

        await ChangeAsync(id, "void", new { reason = "wrong customer" });
        Assert.Equal(["withdrawCreditReport"], await KindsAsync());
    }

    private async Task<string> PostAnnouncedAsync()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-02"));
        await Table.AnnounceReportAsync(
            id,
            new(new NoticeId("20260306090000-email"), "Credit Bureau", TestData.Day("2026-03-20"))
        );
        return id;
    }

    private Task<HttpResponseMessage> ReportAsync(string id) =>
        PostAsync($"api/invoices/{id}/credit-report", new { by = "Maya" });

    private async Task WithdrawAsync(string id)
    {
        using var answer = await RequestAsync(HttpMethod.Delete, $"api/invoices/{id}/credit-report", _withdrawal);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<IReadOnlyList<string?>> KindsAsync() =>
        [.. (await OpenFollowUpsAsync()).Select(item => item.GetProperty("kind").GetString())];
}
