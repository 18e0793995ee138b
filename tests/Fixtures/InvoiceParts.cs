using Dunning.Receivables;

namespace Dunning.Tests.Fixtures;

/// <summary>Changes one part of an invoice.</summary>
internal static class InvoiceParts
{
    public static Invoice WithDocument(this Invoice invoice, Func<Document, Document> change) =>
        invoice with
        {
            Document = change(invoice.Document),
        };

    public static Invoice WithDunning(this Invoice invoice, Func<DunningState, DunningState> change) =>
        invoice with
        {
            Dunning = change(invoice.Dunning),
        };

    public static Invoice WithPayments(this Invoice invoice, Func<PaymentState, PaymentState> change) =>
        invoice with
        {
            Payments = change(invoice.Payments),
        };
}
