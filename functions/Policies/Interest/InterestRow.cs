using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>The interest of days of one rate and one principal, as a page shows it.</summary>
/// <param name="From">The first interest day.</param>
/// <param name="Percent">A year.</param>
/// <param name="Source">Null for a rate that the law or the contract names.</param>
/// <param name="Grade">How well the source of the rate was checked: A, B or C; null where there is none.</param>
public sealed record InterestRow(
    DateOnly From,
    DateOnly Until,
    int Days,
    Money Principal,
    decimal Percent,
    Money Amount,
    string? Source,
    string? Grade,
    bool IsLastKnownRate
)
{
    /// <summary>The rate was found in one place only.</summary>
    public bool HasWeakSource => Grade is nameof(RateGrade.C);

    internal static InterestRow Create(InterestLine line) =>
        new(
            line.After.AddDays(1),
            line.Until,
            line.Days,
            line.Principal,
            line.Percent,
            line.Amount,
            line.Rate?.Source,
            line.Rate?.Grade.ToString(),
            line.IsLastKnownRate
        );
}
