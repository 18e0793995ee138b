using Dunning.Notices.Delivery;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Notices.Delivery;

public sealed class RateLimitTests
{
    private static readonly DateTimeOffset _nineOClock = TestData.Time("2026-03-02T09:00Z");
    private static readonly RateLimit _aMinute = new(30, TimeSpan.FromMinutes(1));
    private static readonly RateLimit _anHour = new(100, TimeSpan.FromHours(1));

    [Fact]
    public void Messages_within_the_quota_are_sent_immediately()
    {
        var turns = Take(Enumerable.Repeat(_nineOClock, 30), _aMinute, _anHour);

        Assert.All(turns, slot => Assert.Equal(_nineOClock, slot));
    }

    [Fact]
    public void One_more_waits_until_the_oldest_no_longer_counts()
    {
        var turns = Take(Enumerable.Repeat(_nineOClock, 101), _aMinute, _anHour);

        Assert.Equal(
            (_nineOClock.AddMinutes(1), _nineOClock.AddMinutes(3), _nineOClock.AddHours(1)),
            (turns[30], turns[99], turns[100])
        );
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 60)]
    [InlineData(250, 60)]
    [InlineData(10_000, 3600)]
    public void No_stretch_of_time_ever_holds_more_than_the_quota(int messages, int seconds)
    {
        var random = new Random(messages);
        var per = TimeSpan.FromSeconds(seconds);
        var asked = Enumerable.Range(0, 3 * messages).Select(_ => _nineOClock + per * 2 * random.NextDouble()).Order();

        var turns = Take(asked, new RateLimit(messages, per));

        Assert.Equal(turns.Order(), turns);
        Assert.All(
            Enumerable.Range(messages, turns.Count - messages),
            i => Assert.True(turns[i] - turns[i - messages] >= per - TimeSpan.FromTicks(messages))
        );
    }

    private static List<DateTimeOffset> Take(IEnumerable<DateTimeOffset> asked, params RateLimit[] quotas)
    {
        List<DateTimeOffset> turns = [];
        foreach (var now in asked)
            turns.Add(RateLimit.NextSlot(quotas, turns, now));
        return turns;
    }
}
