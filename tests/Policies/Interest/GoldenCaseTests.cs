using Dunning.Policies.Interest;
using Dunning.Receivables;
using static Dunning.Tests.Fixtures.TestData;
using static Dunning.Tests.Policies.Interest.InterestFiles;

namespace Dunning.Tests.Policies.Interest;

/// <summary>
/// Published and recomputed cases to the cent and the day: W and D of shared/facts/domain.md 1.5, G of
/// shared/facts/rates.md 3.
/// </summary>
public sealed class GoldenCaseTests
{
    [Theory]
    [InlineData("W4", "GB", CustomerKind.Business, "GBP", "3000.00", "2026-01-15", "2026-03-16", 60, "57.95")]
    // The page says 32.66, its own factors give 32.67.
    [InlineData("W5", "GB", CustomerKind.Business, "GBP", "2000.00", "2024-01-15", "2024-02-29", 45, "32.67")]
    // The page says "roughly 384".
    [InlineData("W7", "GB", CustomerKind.Business, "GBP", "12000.00", "2023-07-31", "2023-10-29", 90, "384.66")]
    [InlineData("W19", "NO", CustomerKind.Business, "NOK", "36500.00", "2025-01-31", "2025-02-01", 1, "12.50")]
    [InlineData("D1", "GB", CustomerKind.Business, "GBP", "5000.00", "2025-06-15", "2025-08-14", 60, "104.79")]
    [InlineData("D2", "DE", CustomerKind.Business, "EUR", "10000.00", "2025-05-30", "2025-07-31", 62, "182.94")]
    [InlineData("D3", "DE", CustomerKind.Consumer, "EUR", "10000.00", "2025-05-30", "2025-07-31", 62, "115.00")]
    [InlineData("D4", "SE", null, "SEK", "20000.00", "2023-05-31", "2023-07-31", 61, "367.95")]
    [InlineData("D5", "SE", null, "SEK", "20000.00", "2024-05-31", "2024-07-31", 61, "401.10")]
    [InlineData("D6", "NO", CustomerKind.Business, "NOK", "15000.00", "2025-02-14", "2025-03-16", 30, "154.11")]
    [InlineData("D7", "DK", CustomerKind.Business, "DKK", "25000.00", "2025-07-15", "2025-09-15", 62, "414.04")]
    [InlineData("D9", "ES", CustomerKind.Business, "EUR", "3000.00", "2025-01-31", "2025-03-17", 45, "41.24")]
    [InlineData("D10", "FR", CustomerKind.Business, "EUR", "1200.00", "2024-07-31", "2024-08-30", 30, "14.05")]
    [InlineData("D11", "IE", CustomerKind.Business, "EUR", "4000.00", "2024-07-31", "2024-08-20", 20, "26.85")]
    [InlineData("D12", "ID", null, "IDR", "50000000.00", "2026-01-31", "2026-05-01", 90, "739726.03")]
    [InlineData("D13", "RU", null, "RUB", "1000000.00", "2025-05-31", "2025-06-30", 30, "16657.53")]
    [InlineData("G1", "DK", CustomerKind.Business, "DKK", "100000.00", "2024-12-31", "2025-07-01", 182, "5357.53")]
    [InlineData("G4", "FR", CustomerKind.Business, "EUR", "10000.00", "2026-04-30", "2026-08-31", 123, "413.68")]
    [InlineData("G8", "IT", CustomerKind.Business, "EUR", "10000.00", "2026-03-31", "2026-09-30", 183, "515.19")]
    [InlineData("G9", "IT", CustomerKind.Business, "EUR", "10000.00", "2023-01-01", "2024-01-01", 365, "1126.16")]
    [InlineData("G10", "IT", CustomerKind.Business, "EUR", "10000.00", "2024-01-01", "2024-12-31", 365, "1237.40")]
    [InlineData("G12", "NL", CustomerKind.Business, "EUR", "8400.00", "2026-01-31", "2026-02-22", 22, "51.39")]
    [InlineData("G13", "NL", CustomerKind.Consumer, "EUR", "820.00", "2026-01-31", "2026-03-03", 31, "2.79")]
    [InlineData("G14", "NL", CustomerKind.Consumer, "EUR", "10000.00", "2025-12-16", "2026-01-15", 30, "41.10")]
    // The page drops the øre.
    [InlineData("G16", "NO", CustomerKind.Business, "NOK", "50000.00", "2025-01-31", "2025-03-02", 30, "513.70")]
    [InlineData("G17a", "DE", CustomerKind.Consumer, "EUR", "10000.00", "2022-12-31", "2023-06-30", 181, "328.28")]
    [InlineData("G17b", "DE", CustomerKind.Business, "EUR", "10000.00", "2022-12-31", "2023-06-30", 181, "526.64")]
    [InlineData("JulyDE", "DE", CustomerKind.Business, "EUR", "10000.00", "2026-06-15", "2026-07-15", 30, "85.44")]
    [InlineData("JulyNL", "NL", CustomerKind.Business, "EUR", "10000.00", "2026-06-15", "2026-07-15", 30, "84.45")]
    [InlineData("JulyDK", "DK", CustomerKind.Consumer, "DKK", "10000.00", "2026-06-15", "2026-07-15", 30, "81.16")]
    [InlineData("JulyNO", "NO", CustomerKind.Consumer, "NOK", "15000.00", "2026-06-15", "2026-07-15", 30, "149.49")]
    [InlineData("JulyPL", "PL", CustomerKind.Business, "PLN", "10000.00", "2026-06-15", "2026-07-15", 30, "114.04")]
    [InlineData("JulyRU", "RU", null, "RUB", "1000000.00", "2026-06-10", "2026-07-31", 51, "19952.05")]
    public void The_law_of_a_country_gives_the_published_interest(
        string id,
        string code,
        CustomerKind? kind,
        string currency,
        string principal,
        string due,
        string paid,
        int days,
        string expected
    )
    {
        var interest = Compute(RuleOf(code, kind, due), Amount(principal, currency), due, paid);

        Assert.Equal(
            (id, days, Amount(expected, currency)),
            (id, interest.Lines.Sum(line => line.Days), interest.Total)
        );
        Assert.True(interest.IsComplete);
    }

    [Theory]
    [InlineData("W1", "8.5", DayCount.Actual365, Rounding.PerDay, "GBP", "1000.00", 50, "11.50")]
    [InlineData("W1 exact", "8.5", DayCount.Actual365, Rounding.AtEnd, "GBP", "1000.00", 50, "11.64")]
    [InlineData("W3", "12.5", DayCount.Actual365, Rounding.AtEnd, "GBP", "5000.00", 30, "51.37")]
    // The text of the page multiplies by 0.22 and says 13.56 all the same.
    [InlineData("W6", "8.25", DayCount.Actual365, Rounding.AtEnd, "GBP", "1000.00", 60, "13.56")]
    [InlineData("W8", "8", DayCount.Actual365, Rounding.AtEnd, "EUR", "1000.00", 11, "2.41")]
    [InlineData("W12", "5.12", DayCount.Actual365, Rounding.AtEnd, "EUR", "1000.00", 25, "3.51")]
    [InlineData("W16", "7.0", DayCount.Actual360, Rounding.AtEnd, "EUR", "650.00", 15, "1.90")]
    [InlineData("W17", "9.5", DayCount.Actual365, Rounding.AtEnd, "EUR", "300.00", 3, "0.23")]
    // The page computes with three of twelve months and drops the cents of 256.25.
    [InlineData("W18", "10.25", DayCount.Actual360, Rounding.AtEnd, "EUR", "10000.00", 90, "256.25")]
    [InlineData("W18 days", "10.25", DayCount.Actual365, Rounding.AtEnd, "EUR", "10000.00", 90, "252.74")]
    [InlineData("D14", "7", DayCount.Actual365, Rounding.AtEnd, "KWD", "1000.000", 30, "5.753")]
    [InlineData("D15", "3", DayCount.Actual365, Rounding.AtEnd, "JPY", "100000", 45, "370")]
    // The page shows whole kronor: 163.
    [InlineData("G2", "8", DayCount.Actual365, Rounding.AtEnd, "SEK", "6780.00", 110, "163.46")]
    [InlineData("G3", "10", DayCount.Actual365, Rounding.PerPeriod, "EUR", "5000.00", 30, "41.10")]
    [InlineData("G5", "12", DayCount.Actual365, Rounding.PerPeriod, "EUR", "1000.00", 30, "9.86")]
    [InlineData("G6", "12.40", DayCount.Actual365, Rounding.PerPeriod, "EUR", "10000.00", 365, "1240.00")]
    [InlineData("G18a", "12.5", DayCount.Actual365, Rounding.AtEnd, "GBP", "1000.00", 30, "10.27")]
    [InlineData("G18b", "12.5", DayCount.Actual365, Rounding.AtEnd, "GBP", "1000.00", 90, "30.82")]
    internal void A_rate_and_a_number_of_days_give_the_published_interest(
        string id,
        string percent,
        DayCount dayCount,
        Rounding rounding,
        string currency,
        string principal,
        int days,
        string expected
    )
    {
        var due = Day("2025-01-31");
        var interest = LateInterest.Compute(
            [new OverduePrincipal(due, Amount(principal, currency))],
            Constant(Number(percent), dayCount, rounding),
            Rates,
            due.AddDays(days)
        );

        Assert.Equal((id, Amount(expected, currency)), (id, interest.Total));
    }

    [Theory]
    [InlineData("W13", "6", DayCount.Thirty360, "EUR", "10000.00", "2015-12-31", "2016-07-30", 210, "350.00")]
    [InlineData("W13 leap", "6", DayCount.ActualActual, "EUR", "10000.00", "2015-12-31", "2016-07-29", 211, "345.90")]
    [InlineData("D5 leap", "12", DayCount.ActualActual, "SEK", "20000.00", "2024-05-31", "2024-07-31", 61, "400.00")]
    [InlineData("D7 30", "9.75", DayCount.Thirty360, "DKK", "25000.00", "2025-07-15", "2025-09-15", 60, "406.25")]
    [InlineData("D8", "8.20", DayCount.Actual365, "DKK", "10000.00", "2014-08-01", "2014-09-30", 60, "134.79")]
    [InlineData("D8 30", "8.20", DayCount.Thirty360, "DKK", "10000.00", "2014-08-01", "2014-09-30", 59, "134.39")]
    internal void Another_way_of_counting_days_gives_the_published_interest(
        string id,
        string percent,
        DayCount dayCount,
        string currency,
        string principal,
        string due,
        string paid,
        int days,
        string expected
    )
    {
        var interest = Compute(Constant(Number(percent), dayCount), Amount(principal, currency), due, paid);

        Assert.Equal(
            (id, days, Amount(expected, currency)),
            (id, interest.Lines.Sum(line => line.Days), interest.Total)
        );
    }

    [Fact]
    public void D4_rounding_each_period_loses_an_öre()
    {
        var rule = RuleOf("SE", null, "2023-05-31") with { Rounding = Rounding.PerPeriod };

        var interest = Compute(rule, new Money(20_000_00, "SEK"), "2023-05-31", "2023-07-31");

        Assert.Equal([172_60, 195_34], interest.Lines.Select(line => line.Amount.Minor));
        Assert.Equal(new Money(367_94, "SEK"), interest.Total);
    }

    [Fact]
    public void G10_over_366_days_gives_the_other_published_sum()
    {
        var rule = RuleOf("IT", CustomerKind.Business, "2024-01-01") with { DayCount = DayCount.ActualActual };

        Assert.Equal(Eur(1_234_02), Compute(rule, Eur(10_000_00), "2024-01-01", "2024-12-31").Total);
    }

    [Fact]
    public void W14_the_day_of_payment_counts_and_the_due_date_does_not() =>
        Assert.Equal(4, Assert.Single(Compute(Constant(5), Eur(100_00), "2021-07-01", "2021-07-05").Lines).Days);

    [Fact]
    public void W15_and_G19_a_part_payment_lowers_what_bears_interest_from_the_next_day_on()
    {
        var interest = LateInterest.Compute(
            [
                new(Day("2026-01-01"), Chf(1_000_00)),
                new(Day("2026-01-20"), Chf(400_00)),
                new(Day("2026-01-30"), Chf(0)),
            ],
            RuleOf("CH", null, "2026-01-01"),
            Rates,
            Day("2026-03-01")
        );

        Assert.Equal([(19, Chf(1_000_00)), (10, Chf(400_00))], interest.Lines.Select(l => (l.Days, l.Principal)));
    }

    [Fact]
    public void D1_the_rate_of_the_first_day_applies_throughout()
    {
        var rule = RuleOf("GB", CustomerKind.Business, "2025-06-15");

        var line = Assert.Single(Compute(rule, new Money(5_000_00, "GBP"), "2025-06-15", "2025-08-14").Lines);

        Assert.Equal((12.75m, 4.75m), (line.Percent, line.Rate!.Percent));
    }

    [Fact]
    public void G4_shows_a_line_for_each_half_year()
    {
        var rule = RuleOf("FR", CustomerKind.Business, "2026-04-30");

        var lines = Compute(rule, Eur(10_000_00), "2026-04-30", "2026-08-31").Lines;

        Assert.Equal(
            [(61, 12.15m, Eur(203_05)), (62, 12.40m, Eur(210_63))],
            lines.Select(line => (line.Days, line.Percent, line.Amount))
        );
    }

    [Theory]
    [InlineData("4", NotChargedReason.BelowFloor)]
    [InlineData("8.2", NotChargedReason.BelowFloor)]
    [InlineData("8.25", null)]
    internal void G7_an_agreed_rate_below_three_times_the_legal_rate_is_not_charged(
        string percent,
        NotChargedReason? expected
    )
    {
        var rule = RuleOf("FR", CustomerKind.Business, "2026-06-30");

        var interest = Compute(rule, Eur(10_000_00), "2026-06-30", "2026-07-30", agreedPercent: Number(percent));

        Assert.Equal(expected, interest.WhyNot);
        Assert.Equal(expected is null, interest.Total.IsPositive);
    }

    [Fact]
    public void G11_days_without_a_known_rate_bear_nothing()
    {
        var rule = RuleOf("IT", CustomerKind.Business, "2026-12-31");

        var interest = Compute(rule, Eur(10_000_00), "2026-12-31", "2027-01-31");

        Assert.Empty(interest.Lines);
        Assert.Equal(Eur(0), interest.Total);
        Assert.Equal((Day("2027-01-01"), Day("2027-01-31")), (interest.UnknownFrom, interest.UnknownUntil));
        Assert.False(interest.IsComplete);
    }

    [Fact]
    public void G11_the_site_takes_the_last_known_rate()
    {
        var rule = RuleOf("IT", CustomerKind.Business, "2026-12-31");

        var interest = Compute(rule, Eur(10_000_00), "2026-12-31", "2027-01-31", useLastKnownRate: true);

        Assert.True(Assert.Single(interest.Lines).IsLastKnownRate);
        Assert.Equal(Eur(88_33), interest.Total);
        Assert.False(interest.IsComplete);
    }

    private static Money Chf(long minor) => new(minor, "CHF");
}
