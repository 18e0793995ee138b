namespace Dunning.Receivables;

/// <summary>One line of an invoice; for display only.</summary>
/// <param name="Quantity">As the source wrote it.</param>
public sealed record InvoiceLine(string Description, string? Quantity, Money? Amount) : StoredRecord
{
    /// <summary>
    /// How many lines of an invoice are stored: enough for a reader to recognise it. More could exceed the 4 MiB of a
    /// transaction with 40 invoices.
    /// </summary>
    public const int MaxStored = 20;
}
