using Dunning.Receivables;

namespace Dunning.Notices.Delivery;

/// <summary>An invoice that a notice was planned for and that its message does not name.</summary>
public sealed record ExcludedInvoice(string InvoiceId, DunningBlock Reason);
