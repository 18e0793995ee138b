using Dunning.Receivables;

namespace Dunning.Tests.Receivables;

/// <summary>The examples of the definition: sales of January to March, in thousands, and what is owed.</summary>
public sealed class DaysSalesOutstandingTests
{
    private static readonly MonthOfSales _january = new(2026, 1, 80_000);
    private static readonly MonthOfSales _february = new(2026, 2, 100_000);
    private static readonly MonthOfSales _march = new(2026, 3, 120_000);

    [Fact]
    public void Whole_months_count_and_the_last_one_in_proportion() =>
        Assert.Equal(66.75m, Days("2026-03-31", 240_000, _march, _february, _january).Days);

    [Fact]
    public void The_best_possible_figure_counts_what_is_not_due_only() =>
        Assert.Equal(33.8m, Days("2026-03-31", 130_000, _march, _february, _january).Days);

    [Fact]
    public void Of_the_running_month_the_days_up_to_the_day_count() =>
        Assert.Equal(29.0m, Days("2026-03-15", 90_000, _march with { Sales = 40_000 }, _february, _january).Days);

    [Fact]
    public void A_month_without_sales_adds_its_days() =>
        Assert.Equal(70.625m, Days("2026-03-31", 150_000, _march, _february with { Sales = 0 }, _january).Days);

    [Fact]
    public void More_than_all_known_sales_is_more_than_their_days() =>
        Assert.Equal(
            new DaysSalesOutstanding(90, IsAtLeast: true),
            Days("2026-03-31", 400_000, _march, _february, _january)
        );

    [Theory]
    [InlineData(0)]
    [InlineData(-100)]
    public void Nothing_owed_is_no_day(long owed) => Assert.Equal(0, Days("2026-03-31", owed, _march).Days);

    [Fact]
    public void Without_sales_there_is_no_figure() =>
        Assert.Null(DaysSalesOutstanding.CountBack(new DateOnly(2026, 3, 31), 100, []));

    private static DaysSalesOutstanding Days(string on, long owed, params MonthOfSales[] sales) =>
        DaysSalesOutstanding.CountBack(DateOnly.ParseExact(on, "yyyy-MM-dd"), owed, sales)!;
}
