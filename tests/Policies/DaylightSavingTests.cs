using System.Globalization;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using NodaTime;

namespace Dunning.Tests.Policies;

/// <summary>09:00 local time stays 09:00 across clock changes, in both hemispheres.</summary>
public sealed class DaylightSavingTests
{
    /// <summary>A test policy with a message each day, at weekends too where the customer has no country.</summary>
    private static readonly DunningRules _daily = Rules.WithPolicies(
        $$"""[{"name":"default","version":2,"minDaysBetweenNotices":1,"steps":[{{string.Join(',', Enumerable.Range(1, 12).Select(Step))}}]}]"""
    );

    [Theory]
    // Zone, the Monday on which the first step falls due, and the change of the offset in minutes over the two weeks.
    [InlineData("Europe/London", "2026-03-23", 60)]
    [InlineData("Europe/London", "2026-10-19", -60)]
    [InlineData("America/New_York", "2026-03-02", 60)]
    [InlineData("America/New_York", "2026-10-26", -60)]
    [InlineData("Australia/Sydney", "2026-09-28", 60)]
    [InlineData("Australia/Sydney", "2026-03-30", -60)]
    [InlineData("America/Santiago", "2026-08-31", 60)]
    [InlineData("America/Santiago", "2026-03-30", -60)]
    [InlineData("Australia/Lord_Howe", "2026-09-28", 30)]
    [InlineData("Australia/Lord_Howe", "2026-03-30", -30)]
    public void A_message_a_day_is_one_on_every_business_day_at_nine(string zone, string monday, int grows)
    {
        var first = TestData.Day(monday);
        var customer = TestData.Customer() with { TimeZone = zone, Country = null };
        var invoice = TestData
            .Invoice()
            .WithDocument(document => document with { DueDate = first.AddDays(-1), IssueDate = first.AddDays(-31) })
            .WithDunning(dunning => dunning with { ScheduleStart = first.AddDays(-1), Policy = new("default", 2) }) with
        {
            AcceptedAt = new(first.AddDays(-3), new(10, 0), TimeSpan.Zero),
        };

        var taken = ScheduleSimulation
            .Run(invoice, customer, _daily)
            .Select(line => LocalDateTime(line, zone))
            .ToList();

        var weekdays = Enumerable
            .Range(0, 30)
            .Select(first.AddDays)
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Take(taken.Count);
        Assert.Equal(weekdays.Select(day => $"{day:yyyy-MM-dd} 09:00"), taken.Select(t => t.Local));
        Assert.True(taken.Count >= 10);
        Assert.Equal(TimeSpan.FromMinutes(grows), taken[^1].Offset - taken[0].Offset);
    }

    [Theory]
    [InlineData("Europe/London", "2026-03-28", 365)]
    [InlineData("America/New_York", "2026-03-07", 365)]
    [InlineData("Australia/Sydney", "2026-04-04", 365)]
    [InlineData("America/Santiago", "2026-04-03", 365)]
    [InlineData("Australia/Lord_Howe", "2026-04-04", 365)]
    [InlineData("Asia/Kathmandu", "2026-01-01", 365)]
    public void Every_morning_of_a_year_is_nine_o_clock_of_its_own_day(string zone, string from, int days)
    {
        var customer = TestData.Customer() with { TimeZone = zone };
        var mornings = Enumerable
            .Range(0, days)
            .Select(i =>
                (
                    Day: TestData.Day(from).AddDays(i),
                    At: Rules.Default.InstantOf(customer, TestData.Day(from).AddDays(i), new(9, 0))
                )
            )
            .ToList();

        Assert.All(mornings, m => Assert.Equal(m.Day, Rules.Default.Today(customer, m.At)));
        Assert.All(
            mornings,
            m =>
                Assert.Equal(
                    new LocalTime(9, 0),
                    Instant.FromDateTimeOffset(m.At).InZone(DateTimeZoneProviders.Tzdb[zone]).TimeOfDay
                )
        );
        // A day is 23 to 25 hours long, so hourly scans find each day exactly once.
        Assert.All(
            mornings.Zip(mornings.Skip(1)),
            pair => Assert.InRange(pair.Second.At - pair.First.At, TimeSpan.FromHours(23), TimeSpan.FromHours(25))
        );
    }

    [Theory]
    // The skipped hour: later by the length of the jump.
    [InlineData("Europe/London", "2026-03-29", "01:30", "2026-03-29T01:30Z")]
    [InlineData("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30Z")]
    [InlineData("Australia/Sydney", "2026-10-04", "02:30", "2026-10-03T16:30Z")]
    [InlineData("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45Z")]
    // The repeated hour: its first occurrence.
    [InlineData("Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30Z")]
    [InlineData("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z")]
    [InlineData("Australia/Sydney", "2026-04-05", "02:30", "2026-04-04T15:30Z")]
    [InlineData("America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45Z")]
    public void A_time_that_is_left_out_or_comes_twice_is_one_instant(
        string zone,
        string day,
        string time,
        string instant
    ) =>
        Assert.Equal(
            TestData.Time(instant),
            Rules.Default.InstantOf(
                TestData.Customer() with
                {
                    TimeZone = zone,
                },
                TestData.Day(day),
                TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)
            )
        );

    [Theory]
    [InlineData("02:30")]
    [InlineData("07:59")]
    [InlineData("17:01")]
    public void No_policy_sends_at_an_hour_that_clocks_change_in(string sendAt) =>
        Assert.Contains(
            "#/0/sendAt: write a time from 08:00 to 17:00",
            Assert
                .Throws<InvalidOperationException>(() =>
                    Rules.WithPolicies(
                        $$"""[{"name":"default","version":2,"sendAt":"{{sendAt}}","steps":[{{Step(1)}}]}]"""
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    // Both occurrences of the repeated hour are at night: the window opens once, in the morning.
    [InlineData("America/New_York", "2026-11-01T05:30Z", "2026-11-02T13:00Z")]
    [InlineData("America/New_York", "2026-11-01T06:30Z", "2026-11-02T13:00Z")]
    [InlineData("Australia/Sydney", "2026-04-05T15:30Z", "2026-04-05T22:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T20:00Z", "2026-10-04T21:00Z")]
    [InlineData("America/Santiago", "2026-09-06T04:00Z", "2026-09-07T11:00Z")]
    public void The_window_opens_at_eight_by_the_new_clock(string zone, string now, string opens) =>
        Assert.Equal(
            TestData.Time(opens),
            SendWindow.From(
                new DunningContext(
                    TestData.Customer() with
                    {
                        TimeZone = zone,
                        Country = null,
                    },
                    Rules.Default,
                    TestData.Time(now)
                ),
                Channel.Email
            )
        );

    [Fact]
    public void A_day_that_a_zone_has_left_out_whole_is_the_next_one() =>
        Assert.Equal(
            // Samoa skipped 30 December 2011.
            Rules.Default.InstantOf(
                TestData.Customer() with
                {
                    TimeZone = "Pacific/Apia",
                },
                TestData.Day("2011-12-31"),
                new(9, 0)
            ),
            Rules.Default.InstantOf(
                TestData.Customer() with
                {
                    TimeZone = "Pacific/Apia",
                },
                TestData.Day("2011-12-30"),
                new(9, 0)
            )
        );

    private static string Step(int day) =>
        $$"""{"id":"day-{{day}}","days":{{day}},"tone":"friendly","channels":["email"]}""";

    private static (string Local, TimeSpan Offset) LocalDateTime(string line, string zone)
    {
        var local = Instant
            .FromDateTimeOffset(TestData.Time(line[..16].Replace(' ', 'T') + "Z"))
            .InZone(DateTimeZoneProviders.Tzdb[zone]);
        return (local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), local.Offset.ToTimeSpan());
    }
}
