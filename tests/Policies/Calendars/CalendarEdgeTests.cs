using Dunning.Policies.Calendars;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies.Calendars;

/// <summary>Leap days, month ends, and the turn of the year with its holidays.</summary>
public sealed class CalendarEdgeTests
{
    [Fact]
    public void Due_on_the_leap_day() =>
        Assert.Equal(
            [
                "2028-02-22 09:00 courtesy",
                "2028-03-03 09:00 first",
                "2028-03-07 09:00 second",
                "2028-03-14 09:00 third",
                "2028-03-21 09:00 call",
                "2028-03-30 08:00 final",
                "2028-04-18 08:00 hand-over", // 14 April is Good Friday, and Easter ends on Tuesday
            ],
            ScheduleSimulation.Run(TestData.Invoice("2028-02-29"), TestData.Customer(), Rules.Default)
        );

    [Theory]
    // The second step is seven days after the due date, the third fourteen: in a leap year the leap day counts.
    [InlineData("2028-02-22", "2028-02-29 09:00 second")]
    [InlineData("2028-02-25", "2028-03-10 09:00 third")]
    [InlineData("2027-02-22", "2027-03-01 09:00 second")]
    [InlineData("2028-01-31", "2028-02-07 09:00 second")]
    [InlineData("2026-08-31", "2026-09-07 09:00 second")]
    [InlineData("2026-12-31", "2027-01-14 09:00 third")]
    public void Days_are_counted_over_the_ends_of_months(string due, string taken) =>
        Assert.Contains(
            taken,
            ScheduleSimulation.Run(
                TestData.Invoice(due),
                TestData.Customer() with
                {
                    TimeZone = "Etc/UTC",
                },
                Rules.Default
            )
        );

    [Theory]
    // Three business days after and five before, around a leap day that is a Tuesday.
    [InlineData("2028-02-25", 3, "2028-03-01")]
    [InlineData("2028-03-07", -5, "2028-02-29")]
    [InlineData("2028-02-28", 1, "2028-02-29")]
    public void Business_days_count_the_leap_day(string from, int days, string to) =>
        Assert.Equal(TestData.Day(to), new Calendar().Add(TestData.Day(from), days, "GB"));

    [Fact]
    public void Over_Christmas_and_New_Year_no_message_is_sent_on_a_British_holiday() =>
        Assert.Equal(
            [
                "2026-12-11 09:00 courtesy",
                "2026-12-23 09:00 first",
                "2026-12-29 09:00 second", // the 25th is a Friday, the 28th replaces Saturday the 26th
                "2027-01-04 09:00 third", // New Year's Day is a Friday
                "2027-01-08 09:00 call",
                "2027-01-18 09:00 final",
                "2027-02-01 09:00 hand-over",
            ],
            ScheduleSimulation.Run(TestData.Invoice("2026-12-18"), TestData.Customer(), Rules.Default)
        );

    [Fact]
    public void In_Germany_the_day_after_Christmas_is_a_Saturday_and_nothing_stands_for_it() =>
        Assert.Equal(
            ["2026-12-28 08:00 second", "2027-01-04 08:00 third"],
            ScheduleSimulation
                .Run(
                    TestData.Invoice("2026-12-18"),
                    TestData.Customer() with
                    {
                        TimeZone = "Europe/Berlin",
                        Country = "DE",
                    },
                    Rules.Default
                )
                .Skip(2)
                .Take(2)
        );

    [Theory]
    [InlineData("2027-12-27", false)] // for Saturday the 25th
    [InlineData("2027-12-28", false)] // for Sunday the 26th
    [InlineData("2027-12-29", true)]
    [InlineData("2028-01-03", false)] // for Saturday the 1st
    [InlineData("2028-01-04", true)]
    [InlineData("2026-12-24", true)]
    public void What_falls_on_a_weekend_is_kept_on_the_days_after(string day, bool isBusinessDay) =>
        Assert.Equal(isBusinessDay, new Calendar().IsBusinessDay(TestData.Day(day), "GB"));

    [Theory]
    // In the customer's time zone it is already next year, or not yet.
    [InlineData("Pacific/Auckland", "2026-12-31T11:00Z", "2027-01-01")]
    [InlineData("Pacific/Honolulu", "2027-01-01T09:59Z", "2026-12-31")]
    [InlineData("Pacific/Kiritimati", "2026-12-31T10:00Z", "2027-01-01")]
    public void The_year_ends_at_the_customers_midnight(string zone, string now, string today) =>
        Assert.Equal(
            TestData.Day(today),
            Rules.Default.Today(TestData.Customer() with { TimeZone = zone }, TestData.Time(now))
        );

    [Fact]
    public void The_agenda_is_in_order_over_the_turn_of_the_year()
    {
        var id = TestData.Invoice().Id;
        string[] keys =
        [
            Keys.Agenda(false, TestData.Time("2026-12-31T23:00Z"), id),
            Keys.Agenda(false, TestData.Time("2027-01-01T00:00Z"), id),
            Keys.Agenda(false, TestData.Time("2028-02-29T09:00Z"), id),
            Keys.Agenda(false, TestData.Time("2028-03-01T09:00Z"), id),
        ];

        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        Assert.True(string.CompareOrdinal(keys[0], Keys.AgendaEnd(false, TestData.Time("2026-12-31T23:59Z"))) < 0);
        Assert.True(string.CompareOrdinal(keys[1], Keys.AgendaEnd(false, TestData.Time("2026-12-31T23:59Z"))) >= 0);
    }
}
