namespace Dunning.Receivables;

/// <summary>What a credit note that came as a document takes off what the customer owes.</summary>
internal static class CreditNote
{
    /// <summary>
    /// Above zero, whatever sign the document has; zero when the credit note was voided.
    /// </summary>
    public static Money Amount(Invoice creditNote) =>
        creditNote.Closed is { As: ClosedAs.Void } ? Zero(creditNote)
        : creditNote.Document.AmountDue is { Minor: < 0 } negative ? -negative
        : creditNote.Document.AmountDue;

    /// <summary>What has been set off against invoices that the credit note does not name.</summary>
    public static Money SetOff(Invoice creditNote) => creditNote.Payments.SetOff ?? Zero(creditNote);

    /// <summary>Below zero when more was set off than the credit note now says.</summary>
    public static Money Unused(Invoice creditNote) => Amount(creditNote) - SetOff(creditNote);

    private static Money Zero(Invoice creditNote) => Money.Zero(creditNote.Document.AmountDue.Currency);
}
