namespace Dunning.Receivables;

public enum InvoiceKind
{
    Invoice,

    /// <summary>Kept for the record, never chased.</summary>
    CreditNote,
}
