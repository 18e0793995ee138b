using Dunning.Forecast;
using Dunning.Receivables;

namespace Dunning.Dashboard.OverviewPages;

/// <summary>What <see cref="OverviewPage"/> shows.</summary>
/// <param name="MadeAt">Of the oldest part of the figures, UTC; null before they were first made.</param>
public sealed record Overview(DateTimeOffset? MadeAt, IReadOnlyList<CurrencySummary> Currencies)
{
    /// <summary>What waits for a person, by kind; null when that could not be read.</summary>
    public IReadOnlyDictionary<FollowUpKind, int>? Waiting { get; init; }

    /// <summary>False when the figures could not be read.</summary>
    public bool HasFigures { get; init; } = true;
    public ForecastSummary Forecast { get; private init; } = ForecastSummary.Empty;

    public string? Done { get; init; }

    internal static Overview Create(IReadOnlyCollection<ShardSummary> shards) =>
        new(shards.Count == 0 ? null : shards.Min(shard => shard.At), ShardSummary.Add(shards))
        {
            Forecast = ForecastSummary.Sum(shards.Select(shard => shard.Forecast)),
        };
}
