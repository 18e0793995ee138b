using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>An invoice and the corrected invoice that takes its place, each with its ledger.</summary>
internal sealed record ReplacedPair(
    Customer Customer,
    Versioned<Invoice> Original,
    Versioned<Invoice> Correction,
    IReadOnlyList<Versioned<LedgerEntry>> OriginalLedger,
    IReadOnlyList<Versioned<LedgerEntry>> CorrectionLedger
);

/// <summary>
/// A corrected invoice takes the place of the invoice that it names (EN 16931, type 384): only one of the two is owed.
/// The payments of the original are payments of the corrected one. Pure.
/// </summary>
internal static class InvoiceReplacement
{
    /// <summary>Each takes two rows; both invoices with their index rows and events take up to twelve.</summary>
    private const int MaxEntries = 40;

    /// <returns>Null when it was replaced before, or is not owed any more for another reason.</returns>
    public static CustomerTransaction? Decide(DunningContext context, ReplacedPair pair)
    {
        var (original, correction, now) = (pair.Original.Value, pair.Correction.Value, context.Now);
        if (
            original.Closed is not (null or { As: ClosedAs.Settled })
            || correction.Closed is not (null or { As: ClosedAs.Settled })
        )
            return null;
        if (pair.OriginalLedger.Count > MaxEntries)
            return AskPerson(pair.Correction, now);
        var moved = pair
            .OriginalLedger.Select(entry => entry.Value with { InvoiceId = correction.Id.Invoice })
            .ToList();
        var transaction = new CustomerTransaction(context.Customer.Id)
            .Save(pair.Original, Replaced(original, correction, now))
            .Save(pair.Correction, Replacement(context, pair, moved));
        foreach (var entry in pair.OriginalLedger)
            transaction.Delete(Keys.Ledger(entry.Value, context.Customer.Id));
        foreach (var entry in moved)
            transaction.Save(before: null, entry);
        return transaction
            .AddEvent(original.Id, Event(EventReason.ReplacedBy, correction))
            .AddEvent(correction.Id, Event(EventReason.Replaces, original));

        InvoiceEvent Event(EventReason reason, Invoice other) =>
            new(now, EventKind.Replaced) { Reason = reason, Document = other.Document.Number };
    }

    /// <summary>
    /// The corrected invoice waits, so that one debt is not demanded twice.
    /// </summary>
    /// <returns>Null when it waits already.</returns>
    public static CustomerTransaction? AskPerson(Versioned<Invoice> correction, DateTimeOffset now)
    {
        var document = correction.Value;
        return document.Dunning.Hold is { Reason: HoldReason.CorrectionUncertain }
            ? null
            : new CustomerTransaction(document.Id.Customer)
                .Save(
                    correction,
                    document.WithHold(new(HoldReason.CorrectionUncertain, now, Until: null)).WithNext(null)
                )
                .AddEvent(document.Id, new(now, EventKind.TaskForPerson) { Reason = EventReason.CorrectionUncertain });
    }

    private static Invoice Replaced(Invoice original, Invoice correction, DateTimeOffset now) =>
        original.WithNext(null) with
        {
            Closed = new Closed(ClosedAs.Replaced, now, ClosedBy.Source) { ReplacedBy = correction.Id },
            Payments = original.Payments with
            {
                Paid = Money.Zero(original.Payments.Paid.Currency),
                WrittenOff = null,
                Credited = null,
                Discount = null,
                Pending = null,
                PendingPayments = [],
            },
        };

    /// <summary>What was agreed about the original, and what stands in the way of demanding it, goes on.</summary>
    private static Invoice TakeOver(Invoice original, Invoice correction) =>
        original.Closed is not null
            ? correction
            : correction with
            {
                Dunning = correction.Dunning with
                {
                    Hold = correction.Dunning.Hold ?? original.Dunning.Hold,
                    Dispute = correction.Dunning.Dispute ?? original.Dunning.Dispute,
                },
                Agreements = correction.Agreements is { Plan: null, Promise: null, Extension: null }
                    ? original.Agreements
                    : correction.Agreements,
            };

    private static Invoice Replacement(DunningContext context, ReplacedPair pair, List<LedgerEntry> moved)
    {
        var (original, correction) = (pair.Original.Value, pair.Correction.Value);
        List<LedgerEntry> entries = [.. pair.CorrectionLedger.Select(entry => entry.Value), .. moved];
        var currency = correction.Document.AmountDue.Currency;
        var writtenOff = Balance.WrittenOff(entries, currency);
        var paid = TakeOver(original, correction) with
        {
            Payments = correction.Payments with
            {
                // The corrected invoice may or may not have deducted what was paid: OpenAmount calculates both.
                OriginalAmount = Money.Max(
                    correction.Payments.OriginalAmount,
                    correction.Document.AmountTotal ?? correction.Document.AmountDue
                ),
                PaidWhenSent = correction.Payments.PaidWhenSent + Balance.Paid(moved, currency) + writtenOff,
                Paid = Balance.Paid(entries, currency),
                WrittenOff = writtenOff.IsPositive ? writtenOff : null,
                Credited = Balance.Credited(entries, currency) is { IsZero: false } credited ? credited : null,
                Discount = EarlyPayment.Earned(context, correction, entries),
                Pending = correction.Payments.Pending ?? original.Payments.Pending,
                PendingPayments = [.. correction.Payments.PendingPayments.Union(original.Payments.PendingPayments)],
            },
        };
        if (!paid.OpenAmount.IsPositive)
            return paid.WithNext(null) with
            {
                Closed = paid.Closed ?? new Closed(ClosedAs.Settled, context.Now, ClosedBy.Ledger),
            };
        // What the customer was told of first is the original's amount.
        var raised =
            original.Closed is null && correction.Document.AmountDue > original.Document.AmountDue
                ? AmountRaise.Note(context, paid, original.Document.AmountDue, correction.Document.ChangeReason)
                : paid;
        return Schedule.Recalculate(context, raised);
    }
}
