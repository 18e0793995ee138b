namespace Dunning.Receivables;

/// <summary>What a person decided about a message that did not arrive, or may not have.</summary>
/// <param name="By">Who, as they called themselves.</param>
/// <param name="Note">Why.</param>
public sealed record OperatorDecision(OperatorDecisionKind Kind, string? By, string? Note, DateTimeOffset At)
{
    /// <summary>For the end of a sentence: <c> by Maya: no answer at the door</c>.</summary>
    public override string ToString() =>
        (By is null ? " by a person" : $" by {By}") + (Note is null ? "" : $": {Note}");
}

public enum OperatorDecisionKind
{
    /// <summary>A message in doubt was sent.</summary>
    Sent,

    /// <summary>A message in doubt goes out again.</summary>
    SentAgain,

    /// <summary>A message in doubt is left alone.</summary>
    Dropped,

    /// <summary>A message that failed goes back into its queue.</summary>
    Replayed,

    /// <summary>A message that failed is thrown away, and what it was to do with it.</summary>
    Discarded,
}
