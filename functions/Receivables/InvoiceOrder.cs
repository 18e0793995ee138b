using Dunning.Receivables.Storage;

namespace Dunning.Receivables;

internal static class InvoiceOrder
{
    /// <summary>In the order in which letters list invoices and money is divided among them.</summary>
    public static IEnumerable<Versioned<Invoice>> OldestFirst(this IEnumerable<Versioned<Invoice>> invoices) =>
        invoices
            .OrderBy(invoice => invoice.Value.DueDate)
            .ThenBy(invoice => invoice.Value.Document.Number, StringComparer.Ordinal);
}
