using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>From the day after <paramref name="After"/> on, the amount bears interest, until the next entry.</summary>
/// <param name="Amount">Zero when all is paid.</param>
internal sealed record OverduePrincipal(DateOnly After, Money Amount);

/// <summary>Interest, line by line.</summary>
/// <param name="Lines">Their amounts always sum to <paramref name="Total"/>.</param>
/// <param name="UnknownFrom">The first day that bears no interest because its rate is not known.</param>
/// <param name="UnknownUntil">The last such day; days in between may be known.</param>
internal sealed record InterestComputation(
    IReadOnlyList<InterestLine> Lines,
    Money Total,
    DateOnly? UnknownFrom,
    DateOnly? UnknownUntil
)
{
    /// <summary>Why an agreed rate is not charged. There are no lines then.</summary>
    public NotChargedReason? WhyNot { get; init; }

    /// <summary>Whether each day bears a rate that is known to be its own.</summary>
    public bool IsComplete => WhyNot is null && UnknownFrom is null && !Lines.Any(line => line.IsLastKnownRate);
}

/// <summary>The interest of days of one rate and one principal.</summary>
/// <param name="After">The day before the first interest day.</param>
/// <param name="Until">The last interest day.</param>
/// <param name="Days">As the rule's day count sees them.</param>
/// <param name="Principal">Without interest that was added to it.</param>
/// <param name="Percent">Per cent a year, margin included.</param>
internal sealed record InterestLine(
    DateOnly After,
    DateOnly Until,
    int Days,
    Money Principal,
    decimal Percent,
    Money Amount
)
{
    /// <summary>The reference rate; null for a rate of the contract, and for one that the rule itself names.</summary>
    public ReferenceRate? Rate { get; init; }

    /// <summary>Whether the rate of these days is not known, and the last known one was taken.</summary>
    public bool IsLastKnownRate { get; init; }
}
