namespace Dunning.Policies.Interest;

/// <summary>Until when a value of a series is known to apply.</summary>
internal enum RateValidity
{
    /// <summary>To the end of its half-year only: a half-year without a value is unknown.</summary>
    HalfYear,

    /// <summary>To the eve of the next value; the last one to <see cref="DatedSeries{T}.KnownUntil"/>.</summary>
    UntilChanged,
}

/// <summary>Values by date. A day that no value covers is unknown, never filled from the value before.</summary>
internal abstract record DatedSeries<T>
    where T : class, IDatedValue
{
    /// <summary>Such as <c>DE.BASISZINS</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What the series is, for people.</summary>
    public required string Name { get; init; }
    public required RateValidity Validity { get; init; }

    /// <summary>
    /// The last day for which the last value is known to apply; null for a half-yearly series, and for a value that is
    /// written in the law.
    /// </summary>
    public DateOnly? KnownUntil { get; init; }

    /// <summary>Ordered by date.</summary>
    public abstract IReadOnlyList<T> Values { get; }

    /// <returns>Null when the value of the day is not known.</returns>
    public T? At(DateOnly day) => LastKnownAt(day) is { } value && day <= LastDayOf(value) ? value : null;

    /// <summary>The value of the day or, where that is unknown, the last one before.</summary>
    public T? LastKnownAt(DateOnly day) => Values.LastOrDefault(value => value.From <= day);

    /// <summary>The last day on which the value is known to apply.</summary>
    public DateOnly LastDayOf(T value)
    {
        if (Validity == RateValidity.HalfYear)
            return EndOfHalfYear(value.From);
        return Values.FirstOrDefault(next => next.From > value.From) is { } next
            ? next.From.AddDays(-1)
            : KnownUntil ?? DateOnly.MaxValue;
    }

    private static DateOnly EndOfHalfYear(DateOnly day) =>
        day.Month <= 6 ? new DateOnly(day.Year, 6, 30) : new DateOnly(day.Year, 12, 31);
}

/// <summary>Reference rates or published totals of one country, in per cent a year.</summary>
internal sealed record RateSeries : DatedSeries<ReferenceRate>
{
    public required IReadOnlyList<ReferenceRate> Rates { get; init; }
    public override IReadOnlyList<ReferenceRate> Values => Rates;
}

/// <summary>An amount of money that the law changes from time to time, such as the highest reminder fee.</summary>
internal sealed record AmountSeries : DatedSeries<LegalAmount>
{
    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }
    public required IReadOnlyList<LegalAmount> Amounts { get; init; }
    public override IReadOnlyList<LegalAmount> Values => Amounts;
}
