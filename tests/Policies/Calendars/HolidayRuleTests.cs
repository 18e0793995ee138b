using Dunning.Policies.Calendars;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies.Calendars;

/// <summary>Holiday rules as a user writes them in the calendar file.</summary>
public sealed class HolidayRuleTests
{
    [Theory]
    [InlineData("2026-03-20", "2026-03-20", "2027-03-19")]
    [InlineData("06-05", "2026-06-05", "2026-06-04")]
    [InlineData("12-25*", "2021-12-27", "2024-12-26")] // a Saturday, observed on Monday
    [InlineData("12-25*", "2022-12-26", "2022-12-27")] // a Sunday, observed on Monday
    [InlineData("easter-2", "2026-04-03", "2026-04-02")]
    [InlineData("easter+1", "2024-04-01", "2024-04-02")]
    [InlineData("easter+39", "2025-05-29", "2025-05-28")]
    [InlineData("05-monday-1", "2026-05-04", "2026-05-11")]
    [InlineData("05-monday-last", "2026-05-25", "2026-05-18")]
    [InlineData("11-thursday-4", "2026-11-26", "2026-11-19")]
    public void A_rule_falls_on_its_day_and_on_no_other(string rule, string holiday, string workday)
    {
        var calendar = With(rule);

        Assert.False(calendar.IsBusinessDay(TestData.Day(holiday), "XX"));
        Assert.True(calendar.IsBusinessDay(TestData.Day(workday), "XX"));
    }

    [Theory]
    // Gregorian Easter dates: the earliest, the latest and the two that naive algorithms get wrong.
    [InlineData("1818-03-22")]
    [InlineData("1943-04-25")]
    [InlineData("1954-04-18")]
    [InlineData("1981-04-19")]
    [InlineData("2000-04-23")]
    [InlineData("2019-04-21")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2038-04-25")]
    public void Easter_falls_where_the_tables_say(string sunday)
    {
        var monday = TestData.Day(sunday).AddDays(1);

        Assert.Equal(
            [monday],
            Enumerable
                .Range(0, 60)
                .Select(n => new DateOnly(monday.Year, 3, 15).AddDays(n))
                .Where(d => d.DayOfWeek is DayOfWeek.Monday && !With("easter+1").IsBusinessDay(d, "XX"))
        );
    }

    [Theory]
    [InlineData("christmas")]
    [InlineData("")]
    [InlineData("2026-02-30")]
    [InlineData("12-25**")]
    [InlineData("easter")]
    [InlineData("easter+100")]
    [InlineData("05-mon-1")]
    [InlineData("05-monday-5")]
    [InlineData("05-Monday-1")]
    [InlineData("5-1")]
    [InlineData("13-01")]
    [InlineData("12-32")]
    [InlineData("02-30")]
    [InlineData("13-monday-1")]
    public void What_is_no_holiday_is_named_with_what_would_be_one(string rule)
    {
        var refused = Assert.Throws<FormatException>(() => With(rule));

        Assert.Contains($"'{rule}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("easter+39", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_calendar_answers_many_at_once()
    {
        // All functions share one calendar; the first queries of a new one could race.
        var workday = TestData.Day("2026-12-01");
        var rules = string.Join("\",\"", Enumerable.Range(1, 99).Select(n => $"easter+{n}"));
        for (var round = 0; round < 1000; round++)
        {
            var calendar = With(rules);
            using var start = new Barrier(2);
            bool Ask()
            {
                start.SignalAndWait();
                return calendar.IsBusinessDay(workday, "XX");
            }

            var answers = await Task.WhenAll(Task.Run(Ask), Task.Run(Ask));
            Assert.All(answers, Assert.True);
        }
    }

    private static Calendar With(string rule) => new($$$"""{"holidays":{"XX":["{{{rule}}}"]}}""");
}
