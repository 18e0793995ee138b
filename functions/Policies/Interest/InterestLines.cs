using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>
/// Computes the amount of each slice and rounds so that the lines sum to the total: within what is rounded as one, a
/// line is the rounded sum so far less the lines before it.
/// </summary>
internal static class InterestLines
{
    /// <summary>
    /// Divisible by the days of every year basis (360, 365 and 366), so that whole numbers are added and the division
    /// comes last.
    /// </summary>
    private const int CommonBasis = 1_603_080;

    /// <param name="start">The day before the first interest day; its anniversaries compound.</param>
    public static IReadOnlyList<InterestLine> Of(IReadOnlyList<InterestSlice> slices, InterestRule rule, DateOnly start)
    {
        List<InterestLine> lines = [];
        var capitalized = 0m;
        var accrued = 0m;
        var (sumToRound, roundedSoFar) = (0m, 0L);
        foreach (var (slice, i) in slices.Select((slice, i) => (slice, i)))
        {
            if (rule.Compounding == Compounding.Yearly && i > 0 && CrossesAnniversary(start, slices[i - 1], slice))
                (capitalized, accrued) = (capitalized + accrued / (CommonBasis * 100m), 0m);
            if (i > 0 && IsRoundedAnew(rule.Rounding, slices[i - 1], slice))
                (sumToRound, roundedSoFar) = (0m, 0L);
            var days = DayCounts.Between(rule.DayCount, slice.After, slice.Until);
            var daily = DailyOf(slice, capitalized, rule.DayCount);
            var exact = rule.Rounding == Rounding.PerDay ? RoundedDay(daily) * days : daily * days;
            accrued += exact;
            sumToRound += exact;
            var amount = Round(sumToRound) - roundedSoFar;
            roundedSoFar += amount;
            lines.Add(LineOf(slice, days, amount));
        }
        return lines;
    }

    /// <summary>Whether an anniversary lies in or at the end of the days up to the slice before.</summary>
    private static bool CrossesAnniversary(DateOnly start, InterestSlice before, InterestSlice slice) =>
        AnniversariesUntil(start, slice.After) > AnniversariesUntil(start, before.After);

    /// <summary>How many anniversaries have passed at the end of a day.</summary>
    private static int AnniversariesUntil(DateOnly start, DateOnly day)
    {
        var years = day.Year - start.Year;
        return start.AddYears(years) > day ? years - 1 : years;
    }

    /// <summary>Whether the slice is not rounded together with the one before.</summary>
    private static bool IsRoundedAnew(Rounding rounding, InterestSlice before, InterestSlice slice) =>
        rounding switch
        {
            Rounding.PerDay => true,
            Rounding.PerPeriod => before.Rate != slice.Rate || before.IsLastKnownRate != slice.IsLastKnownRate,
            _ => false,
        };

    /// <returns>The interest of one day in minor units, times 100 times <see cref="CommonBasis"/>.</returns>
    private static decimal DailyOf(InterestSlice slice, decimal capitalized, DayCount dayCount) =>
        (slice.Principal.Minor + capitalized)
        * slice.Percent!.Value
        * (CommonBasis / DayCounts.YearOf(dayCount, slice.Until));

    private static decimal RoundedDay(decimal daily) => Round(daily) * (CommonBasis * 100m);

    private static long Round(decimal scaled) =>
        (long)Math.Round(scaled / (CommonBasis * 100m), MidpointRounding.AwayFromZero);

    private static InterestLine LineOf(InterestSlice slice, int days, long minor) =>
        new(
            slice.After,
            slice.Until,
            days,
            slice.Principal,
            slice.Percent!.Value,
            new Money(minor, slice.Principal.Currency)
        )
        {
            Rate = slice.Rate,
            IsLastKnownRate = slice.IsLastKnownRate,
        };
}
