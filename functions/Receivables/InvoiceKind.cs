namespace Dunning.Receivables;

public enum InvoiceKind
{
    Invoice,

    /// <summary>Kept for the record, never reminded.</summary>
    CreditNote,

    /// <summary>A document that asks for no payment, such as a pro forma invoice. Kept for the record.</summary>
    NoClaim,
}
