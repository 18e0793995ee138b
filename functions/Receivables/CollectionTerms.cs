namespace Dunning.Receivables;

/// <summary>
/// The creditor collects the money itself, so the customer is not asked to pay: who also transfers it pays twice.
/// </summary>
public sealed record CollectionTerms(CollectionMethod Method) : StoredRecord
{
    /// <summary>The day of the collection; null for the due date.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The reference of the mandate of a direct debit (EN 16931 BT-89).</summary>
    public string? MandateId { get; init; }

    /// <summary>The creditor identifier of SEPA direct debits (EN 16931 BT-90).</summary>
    public string? CreditorId { get; init; }

    /// <summary>The last four characters of the account that is debited (EN 16931 BT-91).</summary>
    public string? AccountEnding { get; init; }
}

public enum CollectionMethod
{
    DirectDebit,
    Card,

    /// <summary>A payment provider collects it from a stored way to pay.</summary>
    Autopay,
}
