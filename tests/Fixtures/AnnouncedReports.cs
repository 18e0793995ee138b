using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Tests.Fixtures;

internal static class AnnouncedReports
{
    /// <summary>The invoice as after a letter that announces a report.</summary>
    public static async Task AnnounceReportAsync(this ReceivablesTable table, string id, CreditReport report)
    {
        Assert.True(InvoiceId.TryParse(id, out var invoiceId));
        var invoice = (await table.ReadInvoiceAsync(invoiceId, CancellationToken.None))!;
        Assert.True(
            await table.TryCommitAsync(
                new CustomerTransaction(invoiceId.Customer).Save(
                    invoice,
                    invoice.Value.WithDunning(dunning => dunning with { CreditReport = report })
                ),
                CancellationToken.None
            )
        );
    }
}
