using System.Text.Json.Serialization;
using Dunning.Receivables;

namespace Dunning.Policies.Interest;

/// <summary>The file <c>rates.json</c>: the series that the jurisdictions share.</summary>
internal sealed record InterestRates
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }
    public required IReadOnlyList<RateSeries> Series { get; init; }
    public required IReadOnlyList<AmountSeries> Amounts { get; init; }

    public RateSeries? Find(string id) => Series.FirstOrDefault(series => series.Id == id);

    public AmountSeries? FindAmounts(string id) => Amounts.FirstOrDefault(series => series.Id == id);

    /// <returns>Null when the amount of the day is not known.</returns>
    public Money? AmountAt(string id, DateOnly day) =>
        FindAmounts(id) is { } series && series.At(day) is { } value
            ? Money.FromDecimal(value.Amount, series.Currency)
            : null;
}
