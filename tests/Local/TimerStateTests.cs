using Dunning.Local;

namespace Dunning.Tests.Local;

public sealed class TimerStateTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_due_at_its_time_and_not_before()
    {
        var line = Hourly();
        Assert.Null(line.TakeDue(_start.AddMinutes(29)));

        var due = line.TakeDue(_start.AddMinutes(30));
        Assert.NotNull(due);
        Assert.False(due.IsPastDue);
        Assert.Equal(new DateTime(2026, 11, 23, 10, 0, 0), due.ScheduleStatus!.Next);
        Assert.Null(line.TakeDue(_start.AddMinutes(31)));
    }

    [Fact]
    public void After_a_jump_over_many_occurrences_it_is_due_once_and_late()
    {
        var line = Hourly();
        var due = line.TakeDue(_start.AddDays(2));
        Assert.NotNull(due);
        Assert.True(due.IsPastDue);
        Assert.Null(line.TakeDue(_start.AddDays(2)));
        Assert.NotNull(line.TakeDue(_start.AddDays(2).AddHours(1)));
    }

    [Fact]
    public void When_the_clock_goes_back_the_schedule_starts_there()
    {
        var line = Hourly();
        Assert.NotNull(line.TakeDue(_start.AddDays(2)));
        Assert.Null(line.TakeDue(_start.AddDays(-1)));
        Assert.NotNull(line.TakeDue(_start.AddDays(-1).AddMinutes(30)));
    }

    [Fact]
    public void A_schedule_of_five_fields_is_refused_by_name()
    {
        var thrown = Assert.Throws<CannotRunHereException>(() => Line("0 * * * *"));
        Assert.Contains("Hourly", thrown.Message, StringComparison.Ordinal);
    }

    private static TimerState Hourly() => Line("0 0 * * * *");

    private static TimerState Line(string schedule) =>
        new(new("Hourly", typeof(TimerSamples).GetMethod("Hourly")!, schedule), _start);
}
