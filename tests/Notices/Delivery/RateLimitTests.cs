using Dunning.Notices.Delivery;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Notices.Delivery;

public sealed class RateLimitTests
{
    private static readonly DateTimeOffset _nine = TestData.Time("2026-03-02T09:00Z");
    private static readonly RateLimit _aMinute = new(30, TimeSpan.FromMinutes(1));
    private static readonly RateLimit _anHour = new(100, TimeSpan.FromHours(1));

    [Fact]
    public void What_the_quota_has_room_for_leaves_at_once()
    {
        var turns = Take(Enumerable.Repeat(_nine, 30), _aMinute, _anHour);

        Assert.All(turns, turn => Assert.Equal(_nine, turn));
    }

    [Fact]
    public void One_more_waits_until_the_oldest_no_longer_counts()
    {
        var turns = Take(Enumerable.Repeat(_nine, 101), _aMinute, _anHour);

        Assert.Equal((_nine.AddMinutes(1), _nine.AddMinutes(3), _nine.AddHours(1)), (turns[30], turns[99], turns[100]));
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
        var asked = Enumerable.Range(0, 3 * messages).Select(_ => _nine + per * 2 * random.NextDouble()).Order();

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
