namespace Dunning.Receivables;

/// <summary>Whether a customer bought for a trade. The law treats the two differently almost everywhere.</summary>
public enum CustomerKind
{
    Business,
    Consumer,
}
