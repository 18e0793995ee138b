using Dunning.Policies.Calendars;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies.Calendars;

public sealed class CalendarTests
{
    private static readonly Calendar _shipped = new();

    [Theory]
    // 2026-03-05 is a Thursday.
    [InlineData(null, "2026-03-06", true)]
    [InlineData(null, "2026-03-07", false)]
    [InlineData(null, "2026-03-08", false)]
    [InlineData("ZZ", "2026-03-08", false)]
    [InlineData("IL", "2026-03-05", true)]
    [InlineData("IL", "2026-03-06", false)]
    [InlineData("IL", "2026-03-07", false)]
    [InlineData("IL", "2026-03-08", true)]
    [InlineData("IR", "2026-03-06", false)]
    [InlineData("IR", "2026-03-07", true)]
    [InlineData("AE", "2021-12-31", false)]
    [InlineData("AE", "2022-01-01", false)]
    [InlineData("AE", "2021-12-26", true)]
    [InlineData("AE", "2022-01-02", false)]
    [InlineData("AE", "2022-01-07", true)]
    [InlineData("MY", "2026-03-06", true)]
    [InlineData("MY", "2026-03-08", false)]
    [InlineData("MY-02", "2026-03-06", false)]
    [InlineData("MY-02", "2026-03-08", true)]
    [InlineData("MY-14", "2026-03-06", true)]
    [InlineData("MY-01", "2013-12-27", true)]
    [InlineData("MY-01", "2014-01-03", false)]
    [InlineData("MY-01", "2024-12-29", true)]
    [InlineData("MY-01", "2025-01-03", true)]
    [InlineData("MY-01", "2025-01-05", false)]
    public void Weekends_follow_the_place_and_the_date(string? region, string day, bool isBusinessDay) =>
        Assert.Equal(isBusinessDay, _shipped.IsBusinessDay(TestData.Day(day), region));

    [Theory]
    [InlineData("GB", "2026-04-03", false)] // Good Friday
    [InlineData("GB", "2026-04-06", false)] // Easter Monday
    [InlineData("US", "2026-04-03", true)]
    [InlineData("DE", "2026-05-14", false)] // Ascension
    [InlineData("DE", "2026-05-25", false)] // Whit Monday
    [InlineData("DK", "2026-04-02", false)] // Maundy Thursday
    [InlineData("DK", "2026-06-05", false)]
    [InlineData("GB", "2026-05-04", false)] // first Monday
    [InlineData("GB", "2026-05-11", true)]
    [InlineData("GB", "2026-05-25", false)] // last Monday
    [InlineData("GB", "2026-08-31", false)]
    [InlineData("GB", "2026-08-24", true)]
    [InlineData("US", "2026-11-26", false)] // fourth Thursday
    [InlineData("US", "2026-11-19", true)]
    [InlineData("US", "2026-01-19", false)]
    [InlineData("GB", "2022-01-03", false)] // 1 January was a Saturday
    [InlineData("GB", "2023-01-02", false)] // 1 January was a Sunday
    [InlineData("GB", "2026-01-02", true)]
    [InlineData("DE", "2027-05-03", true)] // 1 May was a Saturday, without a substitute day
    [InlineData("GB", "2027-12-27", false)]
    [InlineData("GB", "2027-12-28", false)]
    [InlineData("MY-02", "2026-08-31", false)] // the country's holidays apply in its regions
    [InlineData(null, "2026-12-25", true)]
    public void Holidays_follow_the_country(string? region, string day, bool isBusinessDay) =>
        Assert.Equal(isBusinessDay, _shipped.IsBusinessDay(TestData.Day(day), region));

    [Theory]
    [InlineData(null, "2026-01-31", "2026-02-02", "2026-01-30")]
    [InlineData(null, "2026-01-30", "2026-01-30", "2026-01-30")]
    [InlineData("IL", "2026-03-06", "2026-03-08", "2026-03-05")]
    [InlineData("MY-02", "2026-03-06", "2026-03-08", "2026-03-05")]
    [InlineData("MY", "2026-03-06", "2026-03-06", "2026-03-06")]
    [InlineData("GB", "2026-04-04", "2026-04-07", "2026-04-02")]
    public void A_day_moves_to_the_next_or_the_last_business_day(
        string? region,
        string day,
        string following,
        string preceding
    )
    {
        Assert.Equal(TestData.Day(following), _shipped.Following(TestData.Day(day), region));
        Assert.Equal(TestData.Day(preceding), _shipped.Preceding(TestData.Day(day), region));
    }

    [Theory]
    [InlineData("GB", "2026-02-02", 3, "2026-02-05")]
    [InlineData("GB", "2026-01-31", 3, "2026-02-04")]
    [InlineData("GB", "2026-02-02", -5, "2026-01-26")]
    [InlineData("GB", "2026-02-01", -5, "2026-01-26")]
    [InlineData("GB", "2026-04-02", 1, "2026-04-07")]
    [InlineData("GB", "2026-04-07", -1, "2026-04-02")]
    [InlineData("IL", "2026-03-05", 1, "2026-03-08")]
    [InlineData("GB", "2026-01-31", 0, "2026-01-31")]
    public void Business_days_are_counted_from_the_day_itself(string region, string day, int count, string expected) =>
        Assert.Equal(TestData.Day(expected), _shipped.Add(TestData.Day(day), count, region));

    [Theory]
    [InlineData("""{"hours":[{"region":"DE","opens":"18:00","closes":"20:00"}]}""", "none in common")]
    [InlineData("""{"hours":[{"region":"DE","opens":"12:00","closes":"09:00"}]}""", "close before they open")]
    [InlineData("""{"hours":[{"opens":"09:00","closes":"12:00"}]}""", "need a region")]
    [InlineData("""{"caps":[{"region":"DE","count":0,"days":7}]}""", "count of 1 or more")]
    public void Hours_and_caps_that_let_nothing_pass_are_refused(string json, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<FormatException>(() => new Calendar(json)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_tenants_own_file_adds_days_and_replaces_weekends()
    {
        var calendar = new Calendar(
            """
            {"weekends":[{"region":"MY","days":["friday"]}],"holidays":{"MY":["2026-03-20"],"GB":["06-01"]}}
            """
        );

        Assert.False(calendar.IsBusinessDay(TestData.Day("2026-03-20"), "MY"));
        Assert.True(calendar.IsBusinessDay(TestData.Day("2027-03-20"), "MY"));
        Assert.True(calendar.IsBusinessDay(TestData.Day("2026-03-08"), "MY"));
        Assert.False(calendar.IsBusinessDay(TestData.Day("2026-06-01"), "GB"));
        Assert.False(calendar.IsBusinessDay(TestData.Day("2026-12-25"), "GB"));
    }
}
