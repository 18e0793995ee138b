using Dunning.Policies.Interest;
using Dunning.Receivables;
using static Dunning.Tests.Fixtures.TestData;
using static Dunning.Tests.Policies.Interest.InterestFiles;

namespace Dunning.Tests.Policies.Interest;

/// <summary>What must hold for every rule, principal and delay. The seeds are fixed.</summary>
public sealed class LateInterestProperties
{
    private const int Cases = 2_000;

    /// <summary>Every rule that ships, each also with the other ways of counting and rounding.</summary>
    private static readonly List<InterestRule> _rules =
    [
        .. Catalog
            .All.SelectMany(jurisdiction => jurisdiction.Interest)
            .SelectMany(rule =>
                new[]
                {
                    rule,
                    rule with
                    {
                        DayCount = DayCount.ActualActual,
                    },
                    rule with
                    {
                        DayCount = DayCount.Thirty360,
                    },
                    rule with
                    {
                        Rounding = Rounding.PerPeriod,
                        Compounding = Compounding.None,
                    },
                    rule with
                    {
                        Rounding = Rounding.PerDay,
                        Compounding = Compounding.None,
                    },
                }
            ),
    ];

    private static readonly List<InterestRule> _exact =
    [
        .. _rules.Where(rule => rule is { Rounding: Rounding.AtEnd, Compounding: Compounding.None }),
    ];

    [Fact]
    public void Interest_never_falls_while_the_delay_lasts()
    {
        // The rate of the day of payment may be lower than that of the day before.
        var rules = _rules.Where(rule => rule.Fixing != Fixing.AtPayment).ToList();
        ForAll(
            1,
            random =>
            {
                var (rule, principal, until) = (Pick(random, rules), Principal(random), LaterDay(random));
                var before = LateInterest.Compute(principal, rule, Rates, until, random.Next(2) == 0);
                var after = LateInterest.Compute(principal, rule, Rates, until.AddDays(random.Next(1, 400)), false);
                if (before.IsComplete)
                    Assert.True(before.Total <= after.Total, $"{before.Total} fell to {after.Total}");
            }
        );
    }

    [Fact]
    public void Without_compounding_interest_bears_no_interest() =>
        ForAll(
            2,
            random =>
            {
                var (rule, amount, start) = (Constant(random.Next(1, 2_000) / 100m), Some(random), StartDay(random));
                var days = random.Next(1, 2_000);
                var once = LateInterest.Compute([new(start, amount)], rule, Rates, start.AddDays(days)).Total;
                var twice = LateInterest.Compute([new(start, amount)], rule, Rates, start.AddDays(2 * days)).Total;
                AssertNear(once.Times(2), twice);
            }
        );

    [Fact]
    public void With_compounding_a_second_year_bears_interest_on_the_first()
    {
        var rule = Constant(10) with { Compounding = Compounding.Yearly };

        var interest = Compute(rule, Eur(1_000_00), "2024-12-31", "2026-12-31");

        Assert.Equal([Eur(100_00), Eur(110_00)], interest.Lines.Select(line => line.Amount));
        Assert.All(interest.Lines, line => Assert.Equal(Eur(1_000_00), line.Principal));
        Assert.Equal(Eur(331_00), Compute(rule, Eur(1_000_00), "2024-12-31", "2027-12-31").Total);
    }

    [Fact]
    public void A_part_payment_inside_a_rate_period_is_no_reason_to_round()
    {
        var rule = RuleOf("PL", CustomerKind.Business, "2026-01-01");

        // 0.3836 for each of the two parts: 0.77 together, 0.76 if each were rounded.
        var interest = LateInterest.Compute(
            [new(Day("2026-01-01"), Eur(100_00)), new(Day("2026-01-11"), Eur(50_00))],
            rule,
            Rates,
            Day("2026-01-31")
        );

        Assert.Equal([Eur(38), Eur(39)], interest.Lines.Select(line => line.Amount));
    }

    [Fact]
    public void The_parts_of_a_principal_bear_what_the_whole_bears() =>
        ForAll(
            3,
            random =>
            {
                var (rule, one, other) = (Pick(random, _exact), Some(random), Some(random));
                var (start, until) = (StartDay(random), LaterDay(random));
                AssertNear(
                    Total(rule, start, until, one) + Total(rule, start, until, other),
                    Total(rule, start, until, one + other)
                );
            }
        );

    [Fact]
    public void The_parts_of_a_delay_bear_what_the_whole_bears()
    {
        var floating = _exact.Where(rule => rule.Fixing == Fixing.Floating).ToList();
        ForAll(
            4,
            random =>
            {
                var (rule, amount, start) = (Pick(random, floating), Some(random), StartDay(random));
                var middle = start.AddDays(random.Next(1, 700));
                var until = middle.AddDays(random.Next(1, 700));
                AssertNear(
                    Total(rule, start, middle, amount) + Total(rule, middle, until, amount),
                    Total(rule, start, until, amount)
                );
            }
        );
    }

    [Fact]
    public void Lines_always_sum_to_the_total_and_touch_no_day_twice() =>
        ForAll(
            5,
            random =>
            {
                var (rule, principal, until) = (Pick(random, _rules), Principal(random), LaterDay(random));
                var interest = LateInterest.Compute(principal, rule, Rates, until, random.Next(2) == 0);
                Assert.Equal(interest.Total.Minor, interest.Lines.Sum(line => line.Amount.Minor));
                Assert.All(interest.Lines, line => Assert.True(line.After < line.Until && line.Amount.Minor >= 0));
                Assert.All(
                    interest.Lines.Zip(interest.Lines.Skip(1)),
                    pair => Assert.True(pair.First.Until <= pair.Second.After)
                );
            }
        );

    [Fact]
    public void When_all_is_paid_no_interest_follows() =>
        ForAll(
            6,
            random =>
            {
                var (rule, principal) = (Pick(random, _rules), Principal(random));
                var paidOn = principal[^1].After.AddDays(random.Next(1, 400));
                OverduePrincipal[] paid = [.. principal, new(paidOn, Eur(0))];
                Assert.Equal(
                    LateInterest.Compute(principal, rule, Rates, paidOn).Total,
                    LateInterest.Compute(paid, rule, Rates, paidOn.AddDays(random.Next(0, 900))).Total
                );
            }
        );

    [Fact]
    public void Each_day_alone_bears_the_rate_of_its_day()
    {
        // Computed day by day, without cutting the delay.
        var floating = _exact.Where(rule => rule is { Fixing: Fixing.Floating, DayCount: not DayCount.Thirty360 });
        foreach (var rule in floating)
        {
            var (start, until) = (Day("2024-02-10"), Day("2026-10-05"));
            var exact = Enumerable
                .Range(1, until.DayNumber - start.DayNumber)
                .Select(start.AddDays)
                .Sum(day => 123_456_78m * (PercentOn(rule, day) ?? 0) / 100 / DayCounts.YearOf(rule.DayCount, day));
            AssertNear(
                Eur((long)Math.Round(exact, MidpointRounding.AwayFromZero)),
                Total(rule, start, until, Eur(123_456_78)),
                0
            );
        }
    }

    [Fact]
    public void Large_amounts_do_not_overflow()
    {
        var most = Eur(999_999_999_999_999_99);

        Assert.Equal(most.Times(0.1m), Compute(Constant(10), most, "2024-12-31", "2025-12-31").Total);
    }

    [Theory]
    [InlineData("2026-01-02", "2026-01-01")]
    [InlineData("2026-01-01", "2026-01-01")]
    public void Principals_in_disorder_are_refused(string first, string second) =>
        Assert.Throws<ArgumentException>(() =>
            LateInterest.Compute(
                [new(Day(first), Eur(1)), new(Day(second), Eur(2))],
                Constant(5),
                Rates,
                Day("2026-02-01")
            )
        );

    private static decimal? PercentOn(InterestRule rule, DateOnly day) =>
        rule.Series is { } series
            ? Rates.Find(series)!.At(day) is { } rate
                ? rule.PercentFor(rate)
                : null
            : rule.ConstantPercent;

    private static Money Total(InterestRule rule, DateOnly start, DateOnly until, Money amount) =>
        LateInterest.Compute([new OverduePrincipal(start, amount)], rule, Rates, until).Total;

    private static void AssertNear(Money expected, Money actual, long difference = 1) =>
        Assert.InRange(actual.Minor, expected.Minor - difference, expected.Minor + difference);

    private static void ForAll(int seed, Action<Random> property)
    {
        var random = new Random(seed);
        for (var i = 0; i < Cases; i++)
            property(random);
    }

    private static List<OverduePrincipal> Principal(Random random)
    {
        List<OverduePrincipal> entries = [new(StartDay(random), Some(random))];
        while (random.Next(3) > 0)
            entries.Add(
                new(entries[^1].After.AddDays(random.Next(1, 200)), random.Next(5) == 0 ? Eur(0) : Some(random))
            );
        return entries;
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> all) => all[random.Next(all.Count)];

    private static Money Some(Random random) => Eur(random.NextInt64(1, random.Next(2) == 0 ? 1_000 : 10_000_000));

    private static DateOnly StartDay(Random random) => Day("2022-11-01").AddDays(random.Next(1_100));

    private static DateOnly LaterDay(Random random) => Day("2025-11-10").AddDays(random.Next(600));
}
