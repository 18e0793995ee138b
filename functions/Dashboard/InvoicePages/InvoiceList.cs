using Dunning.Dashboard.Layout;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>What <see cref="InvoicesPage"/> shows.</summary>
/// <param name="Done">The action that led here; null for none.</param>
public sealed record InvoiceList(InvoiceFilter Filter, ListPage<InvoiceRow> Page, string? Done);
