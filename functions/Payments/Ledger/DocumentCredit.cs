using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>A credit note that came as a document, as an entry of the ledger of an invoice.</summary>
internal static class DocumentCredit
{
    public static bool IsEntryOf(InvoiceId creditNote, LedgerEntry entry) =>
        entry.Is(LedgerEntry.FromDocument, LedgerKind.CreditNote, creditNote.Invoice);

    /// <param name="stored">The entry of the same credit note; null for none.</param>
    public static SourcedPaymentChange Of(Invoice creditNote, LedgerEntry? stored, Money amount)
    {
        var document = creditNote.Document;
        var change = new PaymentChange(
            PaymentChangeKind.CreditNote,
            creditNote.Id.Invoice,
            [],
            [],
            amount,
            document.Number
        )
        {
            ValueDate = document.IssueDate,
            Revision = LedgerEntry.RevisionFor(stored, amount),
        };
        return new SourcedPaymentChange(
            LedgerEntry.FromDocument,
            new PaymentEvent(
                creditNote.Id.Invoice,
                "creditNote",
                new DateTimeOffset(document.IssueDate, TimeOnly.MinValue, TimeSpan.Zero),
                Live: true,
                [change]
            ),
            change
        );
    }
}
