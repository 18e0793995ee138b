using Dunning.Local;

namespace Dunning.Tests.Local;

public sealed class MovableClockTests
{
    private static readonly DateTimeOffset _instant = new(2030, 1, 2, 9, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void A_frozen_clock_moves_only_when_it_is_set()
    {
        var clock = new MovableClock(_instant, frozen: true);
        var moves = 0;
        clock.Moved += () => moves++;
        Assert.Equal(_instant, clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow().Offset);

        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(_instant.AddDays(1), clock.GetUtcNow());
        clock.SetTo(_instant);
        Assert.Equal(_instant, clock.GetUtcNow());
        Assert.Equal(2, moves);
    }

    [Fact]
    public void A_running_clock_goes_on_from_where_it_was_set()
    {
        var clock = new MovableClock();
        clock.SetTo(_instant);
        var first = clock.GetUtcNow();
        Assert.InRange(first, _instant, _instant.AddMinutes(1));
        Assert.True(SpinWait.SpinUntil(() => clock.GetUtcNow() > first, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void It_does_not_advance_backwards() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovableClock().Advance(TimeSpan.FromTicks(-1)));
}
