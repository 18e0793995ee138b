using System.Globalization;
using Dunning.Forecast;
using FsCheck.Xunit;
using NCrontab;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Forecast;

/// <summary>Against NCrontab, with which the Functions host reads the schedules.</summary>
public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */15 * * * *")]
    [InlineData("0 5/15 * * * *")]
    [InlineData("30 0,20-40/5 8-17 * * mon-fri")]
    [InlineData("0 0 9 1 Jan,July *")]
    [InlineData("0 0 0 29 2 *")]
    [InlineData("0 0 0 29 2 Sunday")]
    [InlineData("* * * * * *")]
    public void The_times_are_those_of_the_Functions_host(string schedule) =>
        AssertSame(schedule, Time("2026-02-27T23:59:59.5Z"), count: 12);

    [Property(MaxTest = 200)]
    public void Any_schedule_gives_the_same_times(int seed)
    {
        var random = new Random(seed);
        string[] fields =
        [
            Field(random, 0, 59),
            Field(random, 0, 59),
            Field(random, 0, 23),
            Field(random, 1, 28),
            Field(random, 1, 12),
            Field(random, 0, 6),
        ];
        AssertSame(string.Join(' ', fields), Time("2026-03-02T08:00Z").AddSeconds(random.Next()), count: 5);
    }

    [Fact]
    public void A_time_that_never_comes_is_the_end_of_time() =>
        Assert.Equal(DateTimeOffset.MaxValue, new TimerSchedule("0 0 0 31 2 *").Next(Time("2026-03-02T08:00Z")));

    private static void AssertSame(string schedule, DateTimeOffset from, int count)
    {
        var (ours, theirs) = (
            new TimerSchedule(schedule),
            CrontabSchedule.Parse(schedule, new() { IncludingSeconds = true })
        );
        for (var i = 0; i < count; i++)
        {
            var expected = theirs.GetNextOccurrence(from.UtcDateTime.AddTicks(-1));
            Assert.Equal(expected, ours.Next(from).UtcDateTime);
            from = new DateTimeOffset(expected, TimeSpan.Zero).AddTicks(1);
        }
    }

    private static string Field(Random random, int min, int max)
    {
        var (first, last) = (random.Next(min, max + 1), random.Next(min, max + 1));
        var range = string.Create(CultureInfo.InvariantCulture, $"{Math.Min(first, last)}-{Math.Max(first, last)}");
        return random.Next(6) switch
        {
            0 => $"{first}",
            1 => $"*/{random.Next(1, 9)}",
            2 => range,
            3 => $"{range}/{random.Next(1, 5)}",
            4 => $"{first},{last}",
            _ => "*",
        };
    }
}
