using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// What one payment change does to one invoice. Pure; the result does not depend on the order in which changes arrive
/// or on repetitions.
/// </summary>
/// <param name="Invoice">As it is saved.</param>
/// <param name="ManualReviewReason">Why the payment needs manual review; null when it needs none.</param>
internal sealed record Settlement(CustomerTransaction Transaction, Invoice Invoice, string? ManualReviewReason = null)
    : IDecision
{
    /// <summary>How long reminders wait for the manual review of a payment in another currency.</summary>
    private static readonly TimeSpan _mismatchPause = TimeSpan.FromDays(2);

    public static Settlement Decide(DunningContext context, PaidInvoice paid, SourcedPaymentChange change)
    {
        var before = paid.Invoice.Value;
        if (change.Amount is { } amount && amount.Currency != before.Document.AmountDue.Currency)
            return Mismatch(context, paid, change);
        if (change.Entry(before) is { } incoming)
            return Post(context, paid, incoming, change);
        return change.Kind is PaymentChangeKind.Stop && before.Closed is null
            ? Void(context, paid, change)
            : Save(context, paid, before, []);
    }

    private static Settlement Post(
        DunningContext context,
        PaidInvoice paid,
        LedgerEntry incoming,
        SourcedPaymentChange change
    )
    {
        var (before, now) = (paid.Invoice.Value, context.Now);
        var ledger = paid.Ledger;
        var stored = ledger.FirstOrDefault(e => e.Value.Is(incoming.Provider, incoming.Kind, incoming.ObjectId));
        var entry = LedgerEntry.Merge(stored?.Value, incoming);
        if (entry == stored?.Value)
            return Save(context, paid, before, []) with
            {
                ManualReviewReason = OtherwiseAssigned(before, entry, incoming) ?? Overpaid(before, entry),
            };

        var currency = before.Document.AmountDue.Currency;
        List<LedgerEntry> entries = [.. ledger.Where(e => e != stored).Select(e => e.Value), entry];
        var previous = LedgerSummary.Create([.. ledger.Select(e => e.Value)], currency);
        var current = LedgerSummary.Create(entries, currency);
        var updated = before with
        {
            Payments = before.Payments with
            {
                Paid = current.Paid,
                Credited = Balance.Credited(entries, currency) is { IsZero: false } credited ? credited : null,
                Discount = EarlyPayment.Earned(context, before, entries),
                WrittenOff = current.WrittenOff is { IsPositive: true } writtenOff ? writtenOff : null,
                Charged = Balance.Charged(entries, currency) is { IsPositive: true } charged ? charged : null,
            },
        };
        var posted = new LedgerChange(stored?.Value, entry, previous, current, before.OpenAmount) { Reported = change };
        List<InvoiceEvent> events = LedgerEvent.Create(posted, updated, now) is { } invoiceEvent ? [invoiceEvent] : [];
        if (DiscountEvent(before, updated, now) is { } discounted)
            events.Add(discounted);
        updated = PromiseOutcome.Decide(context, updated, entries, events);
        var after = InvoiceStateRules.Apply(updated, posted, now, events);
        var settlement = Save(context, paid, after, events);
        settlement.Transaction.Save(stored, entry);
        return settlement with { ManualReviewReason = Overpaid(after, entry) };
    }

    /// <returns>Null when the discount is as before.</returns>
    private static InvoiceEvent? DiscountEvent(Invoice before, Invoice after, DateTimeOffset now) =>
        after.Payments.Discount == before.Payments.Discount ? null
        : after.Payments.Discount is not { } discount
            ? new(now, EventKind.DiscountTaken) { Amount = Money.Zero(after.OpenAmount.Currency) }
        : new(now, EventKind.DiscountTaken)
        {
            Amount = discount,
            Taxes = TaxShare.Split(after.Document.Taxes, discount),
        };

    /// <summary>
    /// What a person assigned is not undone by the provider's report. A repeated report does not come this far.
    /// </summary>
    private static string? OtherwiseAssigned(Invoice invoice, LedgerEntry stored, LedgerEntry incoming) =>
        stored.AssignedFrom is null || incoming.AssignedFrom is not null
            ? null
            : $"a person assigned {stored.Amount} of payment '{stored.ObjectId}' to invoice "
                + $"{invoice.Document.Number}, and the provider now reports {incoming.Amount}: compare them";

    /// <summary>The payment is posted, and a person decides about the money: no refund is automatic.</summary>
    private static string? Overpaid(Invoice invoice, LedgerEntry entry) =>
        !(
            entry.Kind is LedgerKind.Payment or LedgerKind.PaymentTotal or LedgerKind.PaidInFull
            && entry.Amount.IsPositive
        )
            ? null
        : invoice.Closed is { As: not ClosedAs.Settled } closed
            ? $"{entry.Amount} was paid on invoice {invoice.Document.Number}, which is "
                + $"{ReasonText.Of(closed.As)}: refund it, or settle another invoice with it"
        : (-invoice.OpenAmount).IsPositive
            ? $"invoice {invoice.Document.Number} is overpaid by {-invoice.OpenAmount}: refund the credit, or "
                + "settle another invoice with it"
        : null;

    private static Settlement Void(DunningContext context, PaidInvoice paid, SourcedPaymentChange change)
    {
        var now = context.Now;
        return Save(
            context,
            paid,
            paid.Invoice.Value with
            {
                Closed = new Closed(ClosedAs.Void, now, ClosedBy.Provider),
            },
            [new(now, EventKind.Voided) { Provider = change.Provider, Text = change.Note }]
        );
    }

    private static Settlement Mismatch(DunningContext context, PaidInvoice paid, SourcedPaymentChange change)
    {
        var (before, now) = (paid.Invoice.Value, context.Now);
        var reason = PaymentEventText.Mismatch(change.Amount!.Value, before.OpenAmount);
        // A repetition neither extends the pause nor adds an event.
        if (before.Payments.Pending?.ObjectId == change.Value.ObjectId)
            return Save(context, paid, before, []) with { ManualReviewReason = reason };
        var paused = before.Closed is null
            ? before with
            {
                Payments = before.Payments with
                {
                    Pending = new PendingPayment(change.Value.ObjectId, now + _mismatchPause),
                },
            }
            : before;
        var mismatch = new InvoiceEvent(now, EventKind.PaymentPending)
        {
            Reason = EventReason.CurrencyMismatch,
            Provider = change.Provider,
            Amount = change.Amount,
            Owed = before.OpenAmount,
        };
        return Save(context, paid, paused, [mismatch]) with { ManualReviewReason = reason };
    }

    private static Settlement Save(DunningContext context, PaidInvoice paid, Invoice after, List<InvoiceEvent> events)
    {
        var (invoice, account, _) = paid;
        var rescheduled = Schedule.Recalculate(context, after);
        var saved = after.ErasedAt is { } erased ? Erasure.Erase(rescheduled, erased) : rescheduled;
        var transaction = new CustomerTransaction(account.Id).Save(invoice, saved);
        foreach (var invoiceEvent in events)
            transaction.AddEvent(after.Id, after.ErasedAt is null ? invoiceEvent : Erasure.Erase(invoiceEvent));
        // A thank-you notice is sent for a payment, not for a chargeback that was reversed.
        var isPaid = events.Exists(e => e.Kind is EventKind.Settled) && events.Exists(e => e.Kind is EventKind.Paid);
        // The customer's row is replaced too: when two invoices are settled at the same time, the second transaction
        // conflicts, and then finds the first one's thank-you notice.
        if (isPaid && ThankYou.Add(transaction, context, after, account))
            transaction.Save(account.Customer, context.Customer);
        return new Settlement(transaction, saved);
    }
}

/// <summary>What a payment change is decided by.</summary>
/// <param name="Account">Of the invoice's customer.</param>
/// <param name="Ledger">The invoice's entries.</param>
internal sealed record PaidInvoice(
    Versioned<Invoice> Invoice,
    CustomerAccount Account,
    IReadOnlyList<Versioned<LedgerEntry>> Ledger
)
{
    /// <summary>What a person or a bank import recorded; zero when it was taken back, null for nothing.</summary>
    public LedgerEntry? Recorded(LedgerKind kind, string objectId) =>
        Ledger.Select(entry => entry.Value).FirstOrDefault(e => e.Is(LedgerEntry.RecordedByHand, kind, objectId));
}

/// <summary>A payment change with its origin, which the ledger stores.</summary>
/// <param name="Provider">
/// The name from <see cref="PaymentMatch.LedgerNameOf"/>; <c>manual</c> for a payment recorded over HTTP.
/// </param>
public sealed record SourcedPaymentChange(string Provider, PaymentEvent Source, PaymentChange Value)
{
    public PaymentChangeKind Kind => Value.Kind;
    public Money? Amount => Value.Amount;
    public string? Note => Value.Note;

    /// <summary>Null for a change that is not stored in the ledger.</summary>
    public LedgerEntry? Entry(Invoice invoice) =>
        LedgerEntryMapper.Map(Value, Source, Provider, invoice)
        ?? LedgerEntryMapper.StatusEntry(Value, Source, Provider, invoice);
}
