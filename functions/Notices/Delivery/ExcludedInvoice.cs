namespace Dunning.Notices.Delivery;

/// <summary>An invoice that a notice was planned for and that its message does not name.</summary>
/// <param name="Reason">Why, as the event says it; null only while the check is running.</param>
public sealed record ExcludedInvoice(string InvoiceId, string? Reason);
