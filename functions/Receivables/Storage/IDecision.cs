namespace Dunning.Receivables.Storage;

/// <summary>What a pure function decided about a customer's rows.</summary>
public interface IDecision
{
    /// <summary>What changes; null when nothing does.</summary>
    CustomerTransaction? Transaction { get; }
}
