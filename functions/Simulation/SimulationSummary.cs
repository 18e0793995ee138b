using Dunning.Forecast;

namespace Dunning.Simulation;

/// <summary>The figures of a simulation.</summary>
/// <param name="From">The first day, in the creditor's zone.</param>
/// <param name="Until">The last day, in the creditor's zone.</param>
/// <param name="Customers">Who were looked at.</param>
/// <param name="Scenarios">The book as it is first, then one per policy.</param>
public sealed record SimulationSummary(
    DateOnly From,
    DateOnly Until,
    string Payments,
    int Customers,
    IReadOnlyList<ScenarioSummary> Scenarios
)
{
    /// <summary>All sending is stopped: the messages would go out if it were started now.</summary>
    public bool SendingStopped { get; init; }

    internal SimulationSummary Plus(SimulationSummary? before) =>
        before is null
            ? this
            : this with
            {
                Customers = before.Customers + Customers,
                Scenarios = [.. before.Scenarios.Zip(Scenarios, (one, other) => one.Plus(other))],
            };
}

/// <param name="Name"><c>current</c>, or the name of the policy and which of those that were sent it is.</param>
/// <param name="Sms">What the text messages cost, as far as prices are set.</param>
/// <param name="Changes">Against the book as it is; null for that one.</param>
public sealed record ScenarioSummary(string Name, ForecastSummary Counts, SmsTotal Sms, ChangeCounts? Changes)
{
    public int Messages => Counts.Messages.Sum(count => count.Count);

    internal static ScenarioSummary Empty(string name, bool hasChanges) =>
        new(name, ForecastSummary.Empty, SmsTotal.Of([]), hasChanges ? new ChangeCounts(0, 0, 0, 0) : null);

    internal ScenarioSummary Plus(ScenarioSummary other) =>
        this with
        {
            Counts = ForecastSummary.Sum([Counts, other.Counts]),
            Sms = Sms.Plus(other.Sms),
            Changes = Changes?.Plus(other.Changes!),
        };
}

/// <param name="Unpriced">Text messages to countries of which the settings name no price.</param>
/// <param name="Prices">In the main unit, by currency.</param>
public sealed record SmsTotal(int Segments, int Unpriced, IReadOnlyList<PriceTotal> Prices)
{
    internal static SmsTotal Of(IEnumerable<SmsCost> costs)
    {
        var all = costs.ToList();
        return new(
            all.Sum(cost => cost.Segments),
            all.Count(cost => cost.Price is null),
            Add(
                all.Where(cost => cost.Price is not null)
                    .Select(cost => new PriceTotal(cost.Price!.Value, cost.Currency!))
            )
        );
    }

    internal SmsTotal Plus(SmsTotal other) =>
        new(Segments + other.Segments, Unpriced + other.Unpriced, Add([.. Prices, .. other.Prices]));

    private static IReadOnlyList<PriceTotal> Add(IEnumerable<PriceTotal> prices) =>
        [
            .. prices
                .GroupBy(price => price.Currency)
                .OrderBy(currency => currency.Key, StringComparer.Ordinal)
                .Select(currency => new PriceTotal(currency.Sum(price => price.Amount), currency.Key)),
        ];
}

public sealed record PriceTotal(decimal Amount, string Currency);

/// <summary>How many lines of messages a policy changes: a line is one invoice of a message.</summary>
public sealed record ChangeCounts(int Added, int Dropped, int Moved, int Changed)
{
    internal ChangeCounts Plus(ChangeCounts other) =>
        new(Added + other.Added, Dropped + other.Dropped, Moved + other.Moved, Changed + other.Changed);
}
