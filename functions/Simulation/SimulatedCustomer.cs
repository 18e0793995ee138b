using Dunning.Forecast;
using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Simulation;

/// <summary>What a customer gets in each scenario.</summary>
internal sealed record SimulatedCustomer(Customer Customer, IReadOnlyList<SimulatedScenario> Scenarios)
{
    public IEnumerable<SimulatedLine> Lines => Scenarios.SelectMany(scenario => scenario.LinesOf(Customer));
}

/// <param name="Forecast">With the messages of the days that are shown.</param>
internal sealed record SimulatedScenario(
    string Name,
    CustomerForecast Forecast,
    IReadOnlyList<SimulatedMessage> Messages
)
{
    /// <summary>Null for the book as it is.</summary>
    public ForecastChange? Changes { get; init; }

    public ScenarioSummary Summary =>
        new(
            Name,
            ForecastSummary.Of(Forecast),
            SmsTotal.Of(Messages.Select(message => message.Sms).OfType<SmsCost>()),
            Changes is null
                ? null
                : new ChangeCounts(
                    Changes.Added.Count,
                    Changes.Dropped.Count,
                    Changes.Moved.Count,
                    Changes.Changed.Count
                )
        );

    /// <summary>Names that tell two drafts of one policy apart.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<Policy> policies) =>
        [.. policies.Select((policy, i) => FormattableString.Invariant($"{policy.Name} ({i + 1})"))];

    public IEnumerable<SimulatedLine> LinesOf(Customer customer)
    {
        foreach (var message in Messages)
            yield return new SimulatedLine(Name, message, null);
        if (Changes is null)
            yield break;
        foreach (var line in Changes.Added)
            yield return Change(customer, ChangeKind.Added, null, line);
        foreach (var line in Changes.Dropped)
            yield return Change(customer, ChangeKind.Dropped, line, null);
        foreach (var move in Changes.Moved)
            yield return Change(customer, ChangeKind.Moved, move.Before, move.After);
        foreach (var move in Changes.Changed)
            yield return Change(customer, ChangeKind.Changed, move.Before, move.After);
    }

    private SimulatedLine Change(Customer customer, ChangeKind kind, ForecastLine? before, ForecastLine? after)
    {
        var line = (after ?? before)!;
        return new SimulatedLine(
            Name,
            null,
            new SimulatedChange(
                kind,
                customer.Id.Value,
                customer.Name,
                line.Item.Invoice.ToString(),
                line.Number,
                Of(before),
                Of(after)
            )
        );
    }

    private static ChangedMessage? Of(ForecastLine? line) =>
        line is null
            ? null
            : new ChangedMessage(
                line.Message.At,
                line.Message.On,
                line.Message.Channel,
                line.Message.Tone,
                line.Item.Step,
                MoneyView.Of(line.Item.Demanded)
            );
}
