using Dunning.Forecast;
using Dunning.Policies;
using NodaTime;

namespace Dunning.Simulation;

/// <summary>The days that are shown, as instants; UTC.</summary>
/// <param name="Start">Included.</param>
/// <param name="End">The last instant of the last day.</param>
internal sealed record SimulatedRange(DateTimeOffset Start, DateTimeOffset End)
{
    public static SimulatedRange Of(SimulationRequest request, DunningRules rules)
    {
        return new(StartOf(request.From), StartOf(request.Until.AddDays(1)).AddTicks(-1));

        DateTimeOffset StartOf(DateOnly day) =>
            rules.CreditorTimeZone.AtStartOfDay(LocalDate.FromDateOnly(day)).ToDateTimeOffset().ToUniversalTime();
    }

    public bool Contains(ForecastMessage message) => message.At >= Start;

    /// <summary>What touches none of the days is left out.</summary>
    public ForecastChange Of(ForecastChange change) =>
        new(
            [.. change.Added.Where(Contains)],
            [.. change.Dropped.Where(Contains)],
            [.. change.Moved.Where(Contains)],
            [.. change.Changed.Where(Contains)]
        );

    private bool Contains(ForecastLine line) => Contains(line.Message);

    private bool Contains(ForecastMove move) => Contains(move.Before) || Contains(move.After);
}
