using Dunning.Dashboard.OverviewPages;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Dashboard;

public sealed class OverviewTests : DashboardScenario
{
    protected override DateTimeOffset Start => At("2026-06-30T09:00Z");

    /// <summary>The example of the definition, with the bill that is paid later still open.</summary>
    [Fact]
    public async Task Ages_are_counted_from_the_due_date_and_add_up_to_what_is_outstanding()
    {
        await PostAllAsync(
            ("A", "100", "2026-06-30"),
            ("B", "250", "2026-07-15"),
            ("C", "80", "2026-06-29"),
            ("D", "120", "2026-05-31"),
            ("E", "60", "2026-05-30"),
            ("G", "500", "2026-03-31"),
            ("H", "400", "2026-05-01")
        );
        var part = await PostInvoiceAsync(Invoice("F", "300", "2026-03-01", "2026-04-01", "EUR"));
        await PayAsync(part, "100", "2026-06-20", "EUR");
        var overpaid = await PostInvoiceAsync(Invoice("I", "50", "2026-03-01", "2026-04-01", "EUR"));
        await PayAsync(overpaid, "100", "2026-06-20", "EUR");

        var ageing = (await SummaryAsync()).Ageing;

        Assert.Equal(
            (35_000, 20_000, 46_000, 20_000, 50_000, 5_000, 166_000, 136_000),
            (
                ageing.NotDue.Minor,
                ageing.Days1To30.Minor,
                ageing.Days31To60.Minor,
                ageing.Days61To90.Minor,
                ageing.Over90.Minor,
                ageing.UnusedCredit.Minor,
                ageing.Outstanding.Minor,
                ageing.Overdue.Minor
            )
        );
    }

    [Fact]
    public async Task The_list_behind_a_bar_holds_exactly_its_invoices()
    {
        await PostAllAsync(("A", "100", "2026-06-30"), ("D", "120", "2026-05-31"), ("E", "60", "2026-05-30"));
        using var browser = await SignInAsync();

        var page = await browser.GetStringAsync($"{Home}/invoices?currency=EUR&age=days1To30");

        Assert.Contains(">D<", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">E<", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">A<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_a_month_is_recorded_when_the_next_one_begins()
    {
        await PostAllAsync(("A", "100", "2026-07-15"));
        await SummaryAsync();
        Host.Clock.SetTo(At("2026-07-01T09:00Z"));

        var end = Assert.Single((await SummaryAsync()).MonthEnds);

        Assert.Equal(new MonthEnd(new DateOnly(2026, 6, 30), 10_000), end);
    }

    private async Task PostAllAsync(params (string Number, string Amount, string Due)[] invoices)
    {
        foreach (var (number, amount, due) in invoices)
            await PostInvoiceAsync(Invoice(number, amount, "2026-03-01", due, "EUR"));
    }

    private async Task<CurrencySummary> SummaryAsync()
    {
        await Host.RunTimerAsync(nameof(SummarizeReceivables));
        var shards = await Host.Services.GetRequiredService<SummaryStore>().ReadAsync(CancellationToken.None);
        return Assert.Single(ShardSummary.Add(shards.Values));
    }
}
