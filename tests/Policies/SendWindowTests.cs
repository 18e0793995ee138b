using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class SendWindowTests
{
    [Theory]
    // Thursday 2026-02-05 in London, where local time is UTC.
    [InlineData("2026-02-05T07:59Z", "2026-02-05T08:00Z")]
    [InlineData("2026-02-05T08:00Z", null)]
    [InlineData("2026-02-05T17:59:59Z", null)]
    [InlineData("2026-02-05T18:00Z", "2026-02-06T08:00Z")]
    [InlineData("2026-02-05T23:30Z", "2026-02-06T08:00Z")]
    [InlineData("2026-02-06T18:00Z", "2026-02-09T08:00Z")] // Friday evening
    [InlineData("2026-02-07T12:00Z", "2026-02-09T08:00Z")] // Saturday noon
    [InlineData("2026-02-08T05:00Z", "2026-02-09T08:00Z")] // Sunday night
    [InlineData("2026-04-02T18:30Z", "2026-04-07T07:00Z")] // over Easter, in summer time
    [InlineData("2026-04-03T10:00Z", "2026-04-07T07:00Z")] // Good Friday
    [InlineData("2026-03-27T20:00Z", "2026-03-30T07:00Z")] // over the night the clocks go forward
    [InlineData("2026-10-23T20:00Z", "2026-10-26T08:00Z")] // over the night they go back
    public void Mail_goes_out_between_eight_and_six_on_business_days(string now, string? opens) =>
        Assert.Equal(
            TestData.Time(opens ?? now),
            SendWindow.From(new DunningContext(TestData.Customer(), Rules.Default, TestData.Time(now)), Channel.Email)
        );

    [Theory]
    [InlineData("2026-02-05T08:30Z", "2026-02-05T09:00Z")]
    [InlineData("2026-02-05T09:00Z", null)]
    [InlineData("2026-02-05T16:59Z", null)]
    [InlineData("2026-02-05T17:00Z", "2026-02-06T09:00Z")]
    public void Texts_go_out_between_nine_and_five(string now, string? opens) =>
        Assert.Equal(
            TestData.Time(opens ?? now),
            SendWindow.From(new DunningContext(TestData.Customer(), Rules.Default, TestData.Time(now)), Channel.Sms)
        );

    [Theory]
    [InlineData("Asia/Kuala_Lumpur", "MY", "2026-02-05T12:00Z", "2026-02-06T00:00Z")]
    [InlineData("Asia/Kuala_Lumpur", "MY-02", "2026-02-05T12:00Z", "2026-02-08T00:00Z")] // Kedah rests on Friday and Saturday
    [InlineData("America/New_York", "US", "2026-02-05T12:00Z", "2026-02-05T13:00Z")]
    [InlineData("America/New_York", "US", "2026-03-06T23:30Z", "2026-03-09T12:00Z")] // over the night the clocks go forward there
    [InlineData("Asia/Kathmandu", null, "2026-02-05T00:00Z", "2026-02-05T02:15Z")] // UTC+5:45
    public void The_window_is_the_customers_own(string zone, string? country, string now, string opens) =>
        Assert.Equal(
            TestData.Time(opens),
            SendWindow.From(
                new DunningContext(
                    TestData.Customer() with
                    {
                        TimeZone = zone,
                        Country = country,
                    },
                    Rules.Default,
                    TestData.Time(now)
                ),
                Channel.Email
            )
        );

    [Theory]
    [InlineData(null, "MY", "Asia/Kuala_Lumpur")]
    [InlineData(null, "MY-02", "Asia/Kuala_Lumpur")]
    [InlineData(null, "US", "America/Los_Angeles")] // 09:00 there is daytime in all other US zones
    [InlineData("America/Chicago", "US", "America/Chicago")]
    [InlineData(null, null, "Europe/London")]
    [InlineData(null, "ZZ", "Europe/London")]
    [InlineData("Mars/Olympus", "US", "Europe/London")]
    public void A_customer_without_a_zone_gets_the_countrys_else_the_creditors(
        string? zone,
        string? country,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Rules.Default.ZoneOf(TestData.Customer() with { TimeZone = zone, Country = country }).Id
        );

    [Theory]
    [InlineData("2026-02-05T15:59Z", "2026-02-05")]
    [InlineData("2026-02-05T16:00Z", "2026-02-06")]
    public void It_is_the_customers_midnight_that_ends_a_day(string now, string today) =>
        Assert.Equal(
            TestData.Day(today),
            Rules.Default.Today(TestData.Customer() with { TimeZone = "Asia/Kuala_Lumpur" }, TestData.Time(now))
        );

    [Theory]
    [InlineData("2026-03-29", "01:30", "2026-03-29T01:30Z")] // skipped: one hour later by the clock
    [InlineData("2026-10-25", "01:30", "2026-10-25T00:30Z")] // twice: the first of them
    public void A_time_the_clocks_skip_or_repeat_is_still_a_time(string day, string time, string instant) =>
        Assert.Equal(
            TestData.Time(instant),
            Rules.Default.InstantOf(
                TestData.Customer(),
                TestData.Day(day),
                TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)
            )
        );
}
