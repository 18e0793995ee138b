using Dunning.Dashboard.Layout;

namespace Dunning.Dashboard.InvoicePages;

/// <summary>What <see cref="InvoicesPage"/> shows.</summary>
public sealed record InvoiceList(InvoiceFilter Filter, ListPage<InvoiceRow> Page);
