namespace Dunning.Receivables;

public enum InvoiceKind
{
    Invoice,

    /// <summary>Kept for the record, never reminded.</summary>
    CreditNote,
}
