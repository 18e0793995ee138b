using Dunning.Receivables;

namespace Dunning.Forecast;

/// <summary>How many messages go out and how many open invoices are silent; can be added up over customers.</summary>
public sealed record ForecastSummary(IReadOnlyList<MessageCount> Messages, IReadOnlyList<SilenceCount> Silent)
{
    public static ForecastSummary Empty { get; } = new([], []);

    public static ForecastSummary Of(CustomerForecast forecast) =>
        Add(
            forecast.Messages.Select(m => new MessageCount(m.On, m.Tone, m.Step, m.Channel, 1)),
            forecast
                .Invoices.Select(invoice => invoice.WhyNone)
                .OfType<NoMessage>()
                .Select(none => new SilenceCount(none.Reason, 1))
        );

    public static ForecastSummary Sum(IEnumerable<ForecastSummary> summaries)
    {
        var all = summaries.ToList();
        return Add(all.SelectMany(summary => summary.Messages), all.SelectMany(summary => summary.Silent));
    }

    private static ForecastSummary Add(IEnumerable<MessageCount> messages, IEnumerable<SilenceCount> silent) =>
        new(
            [
                .. messages
                    .GroupBy(count => count with { Count = 0 })
                    .Select(same => same.Key with { Count = same.Sum(count => count.Count) })
                    .OrderBy(count => count.On)
                    .ThenBy(count => count.Tone)
                    .ThenBy(count => count.Step?.Value, StringComparer.Ordinal)
                    .ThenBy(count => count.Channel),
            ],
            [
                .. silent
                    .GroupBy(count => count.Reason)
                    .Select(same => new SilenceCount(same.Key, same.Sum(count => count.Count)))
                    .OrderBy(count => count.Reason),
            ]
        );
}

/// <param name="On">The date in the customer's zone.</param>
/// <param name="Step">The firmest step of the messages; null for those that belong to none.</param>
public sealed record MessageCount(DateOnly On, NoticeTone Tone, StepId? Step, Channel Channel, int Count);

/// <param name="Count">Of invoices.</param>
public sealed record SilenceCount(NoMessageReason Reason, int Count);
