namespace Dunning.Receivables;

/// <summary>Who changed what of a customer by hand; the values themselves are not kept.</summary>
/// <param name="At">UTC.</param>
public sealed record CustomerChange(DateTimeOffset At, string By, IReadOnlyList<CustomerField> Fields) : StoredRecord
{
    public const int MaxCount = 50;
}
