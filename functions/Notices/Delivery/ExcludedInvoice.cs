namespace Dunning.Notices.Delivery;

public sealed record ExcludedInvoice(string InvoiceId, string? Reason);
