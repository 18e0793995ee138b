using Dunning.Forecast;
using Dunning.Http;
using Dunning.Receivables;

namespace Dunning.Simulation;

/// <summary>One line of the result: a message, or a change of one; the other is null.</summary>
/// <param name="Scenario">See <see cref="ScenarioSummary.Name"/>.</param>
public sealed record SimulatedLine(string Scenario, SimulatedMessage? Message, SimulatedChange? Change);

/// <summary>A message that goes out.</summary>
/// <param name="At">UTC.</param>
/// <param name="On">The date in the customer's zone.</param>
/// <param name="Step">The firmest step that is taken with it; null when it belongs to no step.</param>
/// <param name="To">Addresses or numbers; none of a letter or a call.</param>
/// <param name="Text">Exactly as it will be sent, if nothing changes; null of a letter or a call.</param>
public sealed record SimulatedMessage(
    DateTimeOffset At,
    DateOnly On,
    Channel Channel,
    NoticeTone Tone,
    StepId? Step,
    string CustomerId,
    string Customer,
    IReadOnlyList<SimulatedItem> Invoices,
    IReadOnlyList<string> To,
    IReadOnlyList<string> Cc,
    string? Subject,
    string? Text,
    SmsCost? Sms
);

/// <param name="Asks">What the message asks for; null when it asks for no money.</param>
public sealed record SimulatedItem(string Id, string Number, StepId? Step, MoneyView? Asks);

/// <summary>What a policy changes in the message about an invoice.</summary>
/// <param name="Kind">added, dropped, moved (another time) or changed (another tone or amount).</param>
/// <param name="Before">Null when the message is added.</param>
/// <param name="After">Null when it is dropped.</param>
public sealed record SimulatedChange(
    ChangeKind Kind,
    string CustomerId,
    string Customer,
    string InvoiceId,
    string Number,
    ChangedMessage? Before,
    ChangedMessage? After
);

public enum ChangeKind
{
    Added,
    Dropped,
    Moved,
    Changed,
}

/// <inheritdoc cref="SimulatedMessage"/>
public sealed record ChangedMessage(
    DateTimeOffset At,
    DateOnly On,
    Channel Channel,
    NoticeTone Tone,
    StepId? Step,
    MoneyView? Asks
);
