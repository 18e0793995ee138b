namespace Dunning.Receivables;

/// <summary>
/// The movements of one invoice. Their sum is what the invoice contributes to the balance: the open amount while it is
/// open, and what was certainly paid too much once it is closed.
/// </summary>
internal static class InvoiceMovements
{
    public static IEnumerable<AccountMovement> Of(
        Invoice invoice,
        IReadOnlyList<LedgerEntry> entries,
        Func<DateTimeOffset, DateOnly> dateOf
    )
    {
        List<AccountMovement> movements = [];
        if (Claimed(invoice) is { IsZero: false } claimed)
            movements.Add(
                new(
                    invoice.Document.IssueDate,
                    claimed.IsPositive ? MovementKind.Invoice : MovementKind.CreditNote,
                    invoice,
                    claimed
                )
            );
        foreach (var provider in entries.GroupBy(entry => entry.Provider, StringComparer.Ordinal))
            movements.AddRange(OfProvider(invoice, [.. provider], dateOf));
        var sum = movements.Aggregate(Zero(invoice), (total, movement) => total + movement.Amount);
        if (Contribution(invoice) - sum is { IsZero: false } rest)
            movements.Add(Rest(invoice, rest, dateOf));
        return movements;
    }

    /// <summary>What the document itself moves.</summary>
    private static Money Claimed(Invoice invoice) =>
        invoice.Document.Kind switch
        {
            InvoiceKind.CreditNote => -UnusedCredit(invoice),
            InvoiceKind.NoClaim => Zero(invoice),
            _ => invoice.Payments.OriginalAmount,
        };

    /// <summary>
    /// A credit note that names an invoice is in the ledger of that invoice; one that names none counts as far as it
    /// is not set off, because what is set off is in the ledgers, too.
    /// </summary>
    private static Money UnusedCredit(Invoice creditNote) =>
        creditNote is { Closed.As: ClosedAs.Void } or { Document.PrecedingInvoice: not null }
            ? Zero(creditNote)
            : CreditNote.Unused(creditNote);

    /// <summary>
    /// A closed invoice is a credit only where the ledger alone proves it: a payment that the source knew already may
    /// be in the ledger, too.
    /// </summary>
    private static Money Contribution(Invoice invoice) =>
        (invoice.Document.Kind, invoice.Closed?.As) switch
        {
            (InvoiceKind.Invoice, null) => invoice.OpenAmount,
            (InvoiceKind.Invoice, ClosedAs.Settled or ClosedAs.WrittenOff) => Money.Min(
                invoice.Payments.OriginalAmount + invoice.Charged - invoice.Payments.Paid,
                Zero(invoice)
            ),
            (InvoiceKind.CreditNote, _) => Money.Min(-invoice.Payments.Paid, Zero(invoice)) - UnusedCredit(invoice),
            // Nothing is claimed: what was paid all the same is the customer's.
            _ => Money.Min(-invoice.Payments.Paid, Zero(invoice)),
        };

    /// <summary>
    /// The single payments and refunds, and one more line for what only a total of the provider contains. What counts
    /// is decided by <see cref="Balance"/> alone.
    /// </summary>
    private static IEnumerable<AccountMovement> OfProvider(
        Invoice invoice,
        IReadOnlyList<LedgerEntry> entries,
        Func<DateTimeOffset, DateOnly> dateOf
    )
    {
        var currency = invoice.Document.AmountDue.Currency;
        List<AccountMovement> singles =
        [
            .. from entry in entries
            where entry.Amount.IsPositive && entry.Amount.Currency == currency
            let kind = SingleOf(entry)
            where kind is not null
            select new AccountMovement(
                DateOf(entry),
                kind.Value,
                invoice,
                RaisesDebt(kind.Value) ? entry.Amount : -entry.Amount,
                entry.ObjectId
            ),
        ];
        var refunded = Balance.Refunded(entries, currency);
        var received = Balance.Paid(entries, currency) + refunded + Balance.ChargedBack(entries, currency);
        return
        [
            .. singles,
            .. FromTotal(MovementKind.Payment, received + Sum(MovementKind.Payment, MovementKind.CreditNote)),
            .. FromTotal(MovementKind.Refund, refunded - Sum(MovementKind.Refund)),
        ];

        DateOnly DateOf(LedgerEntry entry) => entry.ValueDate ?? dateOf(entry.OccurredAt);

        Money Sum(params MovementKind[] kinds) =>
            singles
                .Where(movement => kinds.Contains(movement.Kind))
                .Aggregate(Zero(invoice), (total, movement) => total + movement.Amount);

        IEnumerable<AccountMovement> FromTotal(MovementKind kind, Money rest)
        {
            var newest = entries.Where(entry => TotalOf(entry) == kind).MaxBy(entry => entry.OccurredAt);
            if (newest is not null && rest.IsPositive)
                yield return new(
                    DateOf(newest),
                    kind,
                    invoice,
                    kind is MovementKind.Payment ? -rest : rest,
                    newest.ObjectId
                );
        }
    }

    private static MovementKind? SingleOf(LedgerEntry entry) =>
        entry.Kind switch
        {
            LedgerKind.Payment => MovementKind.Payment,
            LedgerKind.CreditNote => MovementKind.CreditNote,
            LedgerKind.Refund => MovementKind.Refund,
            LedgerKind.Chargeback => MovementKind.Chargeback,
            LedgerKind.WriteOff => MovementKind.WriteOff,
            LedgerKind.LateInterest => MovementKind.LateInterest,
            LedgerKind.FixedSum => MovementKind.FixedSum,
            LedgerKind.ReminderFee => MovementKind.ReminderFee,
            _ => null,
        };

    private static bool RaisesDebt(MovementKind kind) =>
        kind
            is MovementKind.Refund
                or MovementKind.Chargeback
                or MovementKind.LateInterest
                or MovementKind.FixedSum
                or MovementKind.ReminderFee;

    private static MovementKind? TotalOf(LedgerEntry entry) =>
        entry.Kind switch
        {
            LedgerKind.PaymentTotal or LedgerKind.PaidInFull => MovementKind.Payment,
            LedgerKind.RefundTotal => MovementKind.Refund,
            _ => null,
        };

    private static AccountMovement Rest(Invoice invoice, Money rest, Func<DateTimeOffset, DateOnly> dateOf) =>
        new(
            dateOf(invoice.Closed?.On ?? invoice.Document.UpdatedAt ?? invoice.AcceptedAt),
            invoice.Closed switch
            {
                { As: ClosedAs.Void or ClosedAs.Replaced } => MovementKind.Void,
                { As: ClosedAs.WrittenOff } => MovementKind.WriteOff,
                // The source reported it as paid.
                { As: ClosedAs.Settled, By: ClosedBy.Source } when rest.Minor < 0 => MovementKind.Payment,
                { As: ClosedAs.Settled } when invoice.Payments.Discount is not null => MovementKind.Discount,
                _ => MovementKind.Adjustment,
            },
            invoice,
            rest
        );

    private static Money Zero(Invoice invoice) => Money.Zero(invoice.Document.AmountDue.Currency);
}
