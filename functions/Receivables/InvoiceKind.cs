namespace Dunning.Receivables;

public enum InvoiceKind
{
    Invoice,

    /// <summary>Stored, but no reminders are sent for it.</summary>
    CreditNote,

    /// <summary>A document that asks for no payment, such as a pro forma invoice. Kept for the record.</summary>
    NoClaim,
}
