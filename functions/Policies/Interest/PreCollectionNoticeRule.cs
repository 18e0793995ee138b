using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>From when the days of a letter are counted.</summary>
internal enum NoticeStart
{
    /// <summary>From the day on which the letter is sent.</summary>
    Sending,

    /// <summary>From the day on which the letter is presumed to be delivered.</summary>
    Receipt,
}

/// <summary>The last pre-collection notice: its local name, the time that it gives, and what it must say.</summary>
internal sealed record PreCollectionNoticeRule : ICountryRule
{
    public CustomerKind? Kind { get; init; }

    /// <summary>The local term, such as <c>inkassovarsel</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The shortest time in days, from the day after <see cref="CountedFrom"/>; null where no time is laid down.
    /// </summary>
    public int? Days { get; init; }

    public required NoticeStart CountedFrom { get; init; }

    /// <summary>Days from posting to the presumed delivery. Set when the days count from receipt.</summary>
    public int? DeliveryDays { get; init; }

    /// <summary>Weekdays without delivery. Public holidays are without delivery, too.</summary>
    public IReadOnlyList<DayOfWeek> NoDeliveryOn { get; init; } = [];

    /// <summary>What the letter must contain; empty where no list is known.</summary>
    public required IReadOnlyList<ContentItem> RequiredContent { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public required string LegalBasis { get; init; }
    public required string Source { get; init; }
}
