using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>Which rate applies to a delay that lasts from one rate into the next.</summary>
internal enum Fixing
{
    /// <summary>Each day bears the rate of that day.</summary>
    Floating,

    /// <summary>The rate of the first interest day applies throughout.</summary>
    AtAccrualStart,

    /// <summary>
    /// The rate of the day of payment applies to the whole delay. Where part of the principal is paid earlier, the days
    /// up to that payment bear the rate of its day.
    /// </summary>
    AtPayment,
}

internal enum DayCount
{
    /// <summary>Days over 365, in leap years too.</summary>
    Actual365,

    /// <summary>Each day over the days of its calendar year, 365 or 366.</summary>
    ActualActual,
    Actual360,

    /// <summary>Months of 30 days, years of 360; the 31st counts as the 30th (30E/360).</summary>
    Thirty360,
}

/// <summary>Half a minor unit is always rounded away from zero.</summary>
internal enum Rounding
{
    /// <summary>Once, at the end.</summary>
    AtEnd,

    /// <summary>Once for the days of one reference rate, whatever the principal was.</summary>
    PerPeriod,

    /// <summary>The interest of one day is rounded, then multiplied by the days.</summary>
    PerDay,
}

internal enum Compounding
{
    None,

    /// <summary>On each anniversary of the eve of the first interest day, the interest so far bears interest.</summary>
    Yearly,
}

internal enum RateRounding
{
    None,

    /// <summary>Up to the next half percentage point.</summary>
    UpToHalf,
}

/// <summary>How a country's law computes interest on late payments.</summary>
internal sealed record InterestRule : ICountryRule
{
    public CustomerKind? Kind { get; init; }

    /// <summary>A series of <c>rates.json</c>. Either this or <see cref="ConstantPercent"/> is set.</summary>
    public string? Series { get; init; }

    /// <summary>Per cent a year, where the law itself names the rate.</summary>
    public decimal? ConstantPercent { get; init; }

    /// <summary>Percentage points added to the reference rate; 0 where the series holds totals.</summary>
    public decimal Margin { get; init; }
    public required Fixing Fixing { get; init; }
    public required DayCount DayCount { get; init; }
    public required Rounding Rounding { get; init; }
    public Compounding Compounding { get; init; }

    /// <summary>Applied before the margin is added.</summary>
    public RateRounding ReferenceRounding { get; init; }

    /// <summary>Applied after the margin is added.</summary>
    public RateRounding TotalRounding { get; init; }

    /// <summary>
    /// A due date on a weekend or a public holiday moves to the next business day, and interest with it.
    /// </summary>
    public bool DueDateMoves { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }

    /// <summary>The lowest rate that a contract may agree; null for none.</summary>
    public AgreedFloor? AgreedFloor { get; init; }

    /// <summary>Whether a contract may agree a rate above that of the law.</summary>
    public bool AllowsHigherAgreedRate { get; init; } = true;
    public required string LegalBasis { get; init; }
    public required string Source { get; init; }

    /// <summary>The rate of the law in per cent a year.</summary>
    public decimal PercentFor(ReferenceRate reference) =>
        Round(Round(reference.Percent, ReferenceRounding) + Margin, TotalRounding);

    private static decimal Round(decimal percent, RateRounding rounding) =>
        rounding == RateRounding.UpToHalf ? Math.Ceiling(percent * 2) / 2 : percent;
}

/// <summary>A contract may not agree less than a multiple of a series (France: three times the legal rate).</summary>
internal sealed record AgreedFloor(string Series, decimal Factor);
