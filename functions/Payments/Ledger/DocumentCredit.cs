using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Ledger;

/// <summary>A credit note that came as a document, as an entry of the ledger of an invoice.</summary>
internal static class DocumentCredit
{
    /// <summary>What the credit note takes off: zero when it was voided.</summary>
    public static Money AmountOf(Invoice creditNote) =>
        creditNote.Closed is { As: ClosedAs.Void } ? Money.Zero(creditNote.Document.AmountDue.Currency)
        : creditNote.Document.AmountDue is { Minor: < 0 } negative ? -negative
        : creditNote.Document.AmountDue;

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
            Revision =
                stored is null ? 0
                : stored.Amount == amount ? stored.Revision
                : stored.Revision + 1,
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
