using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>From which earlier reminder the days between two fees are counted.</summary>
internal enum FeeSpacing
{
    /// <summary>From the last reminder that carried a fee.</summary>
    LastFee,

    /// <summary>From the last reminder, with or without a fee.</summary>
    LastReminder,
}

/// <summary>
/// The highest fee for a reminder. Either <see cref="Max"/> or <see cref="MaxSeries"/> is set.
/// </summary>
internal sealed record FeeRule : ICountryRule
{
    public CustomerKind? Kind { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Whole currency units.</summary>
    public decimal? Max { get; init; }

    /// <summary>A series of amounts of <c>rates.json</c>.</summary>
    public string? MaxSeries { get; init; }

    /// <summary>How many fees a claim may bear, over instalment plans too; null for no limit.</summary>
    public int? MaxCount { get; init; }

    /// <summary>Days from the due date to the earliest reminder with a fee; at least 1.</summary>
    public int MinDaysAfterDue { get; init; } = 1;

    /// <summary>Days between two reminders of <see cref="Spacing"/>; 0 for no distance.</summary>
    public int MinDaysBetween { get; init; }
    public FeeSpacing Spacing { get; init; }

    /// <summary>Whether the fee had to be agreed no later than when the debt arose.</summary>
    public bool RequiresPriorAgreement { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public required string LegalBasis { get; init; }
    public required string Source { get; init; }
}
