using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Tests.Receivables;

public sealed class PaymentFeedTests
{
    private static readonly DateOnly _monday = new(2026, 3, 2);

    /// <summary>Monday to Friday for two weeks: the last one is Friday the 13th, and weekends are usual.</summary>
    private static readonly PaymentFeed _workdays = Heard([.. Enumerable.Range(0, 5), .. Enumerable.Range(7, 5)]);

    [Theory]
    [InlineData("2026-03-16", 3, false)]
    [InlineData("2026-03-18", 5, false)]
    [InlineData("2026-03-19", 6, true)]
    public void A_feed_is_silent_when_it_is_two_days_later_than_ever(string day, int silentDays, bool isSilent)
    {
        var now = At(day);

        Assert.Equal(3, _workdays.UsualDays);
        Assert.Equal((silentDays, isSilent), (_workdays.SilentDaysAt(now), _workdays.IsSilentAt(now)));
    }

    [Fact]
    public void Of_four_days_nobody_knows_what_is_usual()
    {
        var feed = Heard(0, 1, 2, 3);

        Assert.Null(feed.UsualDays);
        Assert.False(feed.IsSilentAt(At("2027-03-02")));
        Assert.True(feed.HeardOn(_monday.AddDays(4)).IsSilentAt(At("2027-03-02")));
    }

    [Fact]
    public void A_person_s_word_counts_until_as_many_days_have_passed_again()
    {
        var confirmed = _workdays with { Confirmed = new FeedConfirmation("Maya", At("2026-03-20")) };

        Assert.False(confirmed.IsSilentAt(At("2026-03-25")));
        Assert.True(confirmed.IsSilentAt(At("2026-03-26")));
        // What came later than the word counts from then.
        Assert.False(confirmed.HeardOn(new DateOnly(2026, 3, 24)).IsSilentAt(At("2026-03-29")));
    }

    [Fact]
    public void What_was_usual_a_long_time_ago_is_forgotten()
    {
        var feed = Heard([0, 60, .. Enumerable.Range(61, 29)]);
        Assert.Equal(1, feed.HeardOn(_monday.AddDays(90)).UsualDays);
    }

    [Fact]
    public void For_a_look_ahead_the_feeds_stay_as_they_are_and_were_before_as_they_were()
    {
        var feeds = new PaymentFeedCatalog(["e"]);
        feeds.Update([_workdays]);

        var silent = feeds.FrozenAt(At("2026-03-19"));
        Assert.NotNull(silent.SilentAt(At("2026-04-19")));
        Assert.Null(silent.SilentAt(At("2026-03-16")));
        Assert.Null(feeds.FrozenAt(At("2026-03-16")).SilentAt(At("2026-04-19")));
    }

    private static PaymentFeed Heard(params int[] days) =>
        days.Aggregate(new PaymentFeed("e", "stripe"), (feed, day) => feed.HeardOn(_monday.AddDays(day)));

    private static DateTimeOffset At(string day) =>
        DateTimeOffset.Parse($"{day}T09:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
