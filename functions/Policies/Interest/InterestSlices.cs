using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>Days of one principal and one rate.</summary>
/// <param name="After">The day before the first one.</param>
/// <param name="Until">The last one.</param>
/// <param name="Percent">Per cent a year; null when not known.</param>
internal sealed record InterestSlice(
    DateOnly After,
    DateOnly Until,
    Money Principal,
    decimal? Percent,
    ReferenceRate? Rate,
    bool IsLastKnownRate
);

/// <summary>Cuts a delay where the principal or the rate changes, and where the rule's arithmetic needs it.</summary>
internal static class InterestSlices
{
    /// <returns>Ordered by date; none for days without a principal.</returns>
    public static IReadOnlyList<InterestSlice> Of(
        IReadOnlyList<OverduePrincipal> principal,
        InterestRule rule,
        InterestRates rates,
        DateOnly until,
        bool useLastKnownRate
    )
    {
        var entries = principal.Where((entry, i) => i == 0 || entry.Amount != principal[i - 1].Amount).ToList();
        var series = rule.Series is { } id ? SeriesOf(rates, id) : null;
        List<InterestSlice> slices = [];
        foreach (var (entry, i) in entries.Select((entry, i) => (entry, i)))
        {
            var end = i + 1 < entries.Count && entries[i + 1].After < until ? entries[i + 1].After : until;
            if (entry.Amount.IsZero || entry.After >= end)
                continue;
            var cuts = Cuts(rule, series, entries[0].After, entry.After, end);
            slices.AddRange(
                cuts.Zip(cuts.Skip(1))
                    .Select(cut =>
                        SliceOf(
                            cut,
                            entry.Amount,
                            rule,
                            series,
                            RateDay(rule, entries, cut.First, end),
                            useLastKnownRate
                        )
                    )
            );
        }
        return slices;
    }

    private static RateSeries SeriesOf(InterestRates rates, string id) =>
        rates.Find(id)
        ?? throw new InvalidOperationException(
            $"rates.json has no series '{id}': add it, or correct the rule's series."
        );

    private static InterestSlice SliceOf(
        (DateOnly After, DateOnly Until) days,
        Money principal,
        InterestRule rule,
        RateSeries? series,
        DateOnly rateDay,
        bool useLastKnownRate
    )
    {
        if (series is null)
            return new(days.After, days.Until, principal, rule.ConstantPercent + rule.Margin, null, false);
        var known = series.At(rateDay);
        var rate = known ?? (useLastKnownRate ? series.LastKnownAt(rateDay) : null);
        var percent = rate is null ? (decimal?)null : rule.PercentFor(rate);
        return new(days.After, days.Until, principal, percent, rate, rate is not null && known is null);
    }

    /// <summary>The day whose rate the days after <paramref name="after"/> bear.</summary>
    private static DateOnly RateDay(
        InterestRule rule,
        IReadOnlyList<OverduePrincipal> entries,
        DateOnly after,
        DateOnly end
    ) =>
        rule.Fixing switch
        {
            Fixing.AtAccrualStart => entries.First(entry => !entry.Amount.IsZero).After.AddDays(1),
            Fixing.AtPayment => end,
            _ => after.AddDays(1),
        };

    /// <returns>The eves of the slices and the last day, ascending.</returns>
    private static List<DateOnly> Cuts(
        InterestRule rule,
        RateSeries? series,
        DateOnly start,
        DateOnly after,
        DateOnly end
    )
    {
        var rateChanges =
            series is not null && rule.Fixing == Fixing.Floating
                ? series.Rates.SelectMany(rate => new[] { rate.From.AddDays(-1), series.LastDayOf(rate) })
                : [];
        var years = Enumerable.Range(after.Year, end.Year - after.Year + 1).ToList();
        var yearEnds = rule.DayCount == DayCount.ActualActual ? years.Select(year => new DateOnly(year, 12, 31)) : [];
        var anniversaries =
            rule.Compounding == Compounding.Yearly
                ? years.Where(year => year > start.Year).Select(year => start.AddYears(year - start.Year))
                : [];
        return
        [
            after,
            .. rateChanges
                .Concat(yearEnds)
                .Concat(anniversaries)
                .Where(day => day > after && day < end)
                .Distinct()
                .Order(),
            end,
        ];
    }
}
