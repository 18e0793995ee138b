namespace Dunning.Receivables;

/// <summary>What became of a charge that the policy's step makes.</summary>
/// <param name="Amount">Null where it is not known.</param>
/// <param name="WhyNot">Null when it was charged.</param>
public sealed record ChargeOutcome(ChargeKind Kind, Money? Amount, NotChargedReason? WhyNot) : StoredRecord
{
    /// <summary>Where the time is the reason: the first day on which it may be charged.</summary>
    public DateOnly? EarliestOn { get; init; }
}
