namespace Dunning.Receivables;

/// <summary>One line of an invoice; for display only.</summary>
/// <param name="Quantity">As the source wrote it.</param>
public sealed record InvoiceLine(string Description, string? Quantity, Money? Amount);
