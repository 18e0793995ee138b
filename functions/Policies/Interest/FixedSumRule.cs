using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>
/// Compensation for collection costs that is owed for the delay itself. Exactly one of <see cref="Tiers"/>,
/// <see cref="AmountSeries"/> and <see cref="Percentages"/> is set.
/// </summary>
internal sealed record FixedSumRule : ICountryRule
{
    public CustomerKind? Kind { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }

    /// <summary>Sums by principal, ascending; the last one without a bound.</summary>
    public IReadOnlyList<SumTier>? Tiers { get; init; }

    /// <summary>A series of amounts of <c>rates.json</c>.</summary>
    public string? AmountSeries { get; init; }

    /// <summary>Percentages of the parts of the principal, ascending; the last one without a bound.</summary>
    public IReadOnlyList<PercentageTier>? Percentages { get; init; }

    /// <summary>The least of what the percentages give, in whole currency units.</summary>
    public decimal? Minimum { get; init; }

    /// <summary>The most of what the percentages give, in whole currency units.</summary>
    public decimal? Maximum { get; init; }

    /// <summary>Per cent that is added when the creditor cannot deduct VAT; null where none may be added.</summary>
    public decimal? VatIfNotDeductible { get; init; }

    /// <summary>Whether it is owed only after a letter of <see cref="PreCollectionNoticeRule"/> and its time.</summary>
    public bool RequiresNotice { get; init; }

    /// <summary>Whether it takes the place of reminder fees, so that only one of the two may be charged.</summary>
    public bool ExcludesFees { get; init; }
    public required string LegalBasis { get; init; }
    public required string Source { get; init; }
}

/// <param name="Below">Exclusive upper bound of the principal in whole currency units; null for none.</param>
/// <param name="Amount">Whole currency units.</param>
internal sealed record SumTier(decimal Amount, decimal? Below = null);

/// <param name="UpTo">Upper bound of the part of the principal in whole currency units; null for none.</param>
internal sealed record PercentageTier(decimal Percent, decimal? UpTo = null);
