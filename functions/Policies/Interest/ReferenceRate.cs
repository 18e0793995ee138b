namespace Dunning.Policies.Interest;

/// <summary>One value of a series, with its source.</summary>
internal interface IDatedValue
{
    /// <summary>The first day of the value.</summary>
    DateOnly From { get; }

    string Source { get; }
    RateGrade Grade { get; }
    DateOnly CheckedOn { get; }
}

/// <param name="From">The first day on which the rate applies, not the day on which the bank decided.</param>
/// <param name="Percent">Per cent a year.</param>
/// <param name="CheckedOn">When the value was last compared with its source.</param>
internal sealed record ReferenceRate(DateOnly From, decimal Percent, string Source, RateGrade Grade, DateOnly CheckedOn)
    : IDatedValue;

/// <summary>An amount that the law changes from time to time.</summary>
/// <param name="Amount">Whole currency units, not cents.</param>
internal sealed record LegalAmount(DateOnly From, decimal Amount, string Source, RateGrade Grade, DateOnly CheckedOn)
    : IDatedValue;
