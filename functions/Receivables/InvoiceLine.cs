namespace Dunning.Receivables;

/// <summary>For display only.</summary>
/// <param name="Quantity">As the source wrote it.</param>
public sealed record InvoiceLine(string Description, string? Quantity, Money? Amount);
