using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// What one payment change does to one invoice. Pure; the result does not depend on the order in which changes arrive
/// or on repetitions.
/// </summary>
/// <param name="ManualReviewReason">Why the payment needs manual review; null when it needs none.</param>
internal sealed record Settlement(CustomerTransaction Transaction, string? ManualReviewReason = null) : IDecision
{
    /// <summary>How long reminders wait for the manual review of a payment in another currency.</summary>
    private static readonly TimeSpan _mismatchPause = TimeSpan.FromDays(2);

    /// <param name="account">Of the invoice's customer.</param>
    /// <param name="ledger">The invoice's entries.</param>
    public static Settlement Decide(
        Versioned<Invoice> invoice,
        CustomerAccount account,
        IReadOnlyList<Versioned<LedgerEntry>> ledger,
        SourcedPaymentChange change,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var before = invoice.Value;
        if (change.Amount is { } amount && amount.Currency != before.AmountDue.Currency)
            return Mismatch(invoice, account, change, rules, now);
        if (change.Entry(before) is { } incoming)
            return Post(invoice, account, ledger, incoming, change, rules, now);
        return change.Kind is PaymentChangeKind.Stop && before.Closed is null
            ? Void(invoice, account, change, rules, now)
            : Save(invoice, before, account, [], rules, now);
    }

    private static Settlement Post(
        Versioned<Invoice> invoice,
        CustomerAccount account,
        IReadOnlyList<Versioned<LedgerEntry>> ledger,
        LedgerEntry incoming,
        SourcedPaymentChange change,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var before = invoice.Value;
        var stored = ledger.FirstOrDefault(e =>
            (e.Value.Provider, e.Value.Kind, e.Value.ObjectId) == (incoming.Provider, incoming.Kind, incoming.ObjectId)
        );
        var entry = LedgerEntry.Merge(stored?.Value, incoming);
        if (entry == stored?.Value)
            return Save(invoice, before, account, [], rules, now) with { ManualReviewReason = Overpaid(before, entry) };

        var currency = before.AmountDue.Currency;
        var previous = LedgerSummary.Create([.. ledger.Select(e => e.Value)], currency);
        var current = LedgerSummary.Create([.. ledger.Where(e => e != stored).Select(e => e.Value), entry], currency);
        var paid = before with { Paid = current.Paid };
        List<InvoiceEvent> events = PaymentEventText.Create(change, entry, stored?.Value, paid, current, now)
            is { } invoiceEvent
            ? [invoiceEvent]
            : [];
        var after = InvoiceStateRules.Apply(paid, before.OpenAmount, previous, current, entry, change, now, events);
        var settlement = Save(invoice, after, account, events, rules, now);
        settlement.Transaction.Save(stored, entry);
        return settlement with { ManualReviewReason = Overpaid(after, entry) };
    }

    /// <summary>The payment is posted, and a person decides about the money: no refund is automatic.</summary>
    private static string? Overpaid(Invoice invoice, LedgerEntry entry) =>
        !(
            entry.Kind is LedgerKind.Payment or LedgerKind.PaymentTotal or LedgerKind.PaidInFull
            && entry.Amount.IsPositive
        )
            ? null
        : invoice.Closed is { As: not ClosedAs.Settled } closed
            ? $"{entry.Amount} was paid on invoice {invoice.Number}, which is "
                + $"{NameOf(closed.As)}: refund it, or settle another invoice with it"
        : (-invoice.OpenAmount).IsPositive
            ? $"invoice {invoice.Number} is overpaid by {-invoice.OpenAmount}: refund the credit, or settle another "
                + "invoice with it"
        : null;

    private static string NameOf(ClosedAs state) =>
        state switch
        {
            ClosedAs.Void => "void",
            ClosedAs.WrittenOff => "written off",
            ClosedAs.NoClaim => "no demand for payment",
            _ => "a credit note",
        };

    private static Settlement Void(
        Versioned<Invoice> invoice,
        CustomerAccount account,
        SourcedPaymentChange change,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var atProvider = $"at {PaymentEventText.ProviderName(change.Provider)}";
        return Save(
            invoice,
            invoice.Value with
            {
                Closed = new Closed(ClosedAs.Void, now, $"voided {atProvider}"),
            },
            account,
            [new(now, EventKind.Voided, $"Voided {atProvider}{PaymentEventText.Note(change)}")],
            rules,
            now
        );
    }

    private static Settlement Mismatch(
        Versioned<Invoice> invoice,
        CustomerAccount account,
        SourcedPaymentChange change,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var before = invoice.Value;
        var reason =
            $"the payment is in {change.Amount!.Value.Currency}, the invoice in {before.AmountDue.Currency}: "
            + "amounts are never converted";
        // A repetition neither extends the pause nor adds an event.
        if (before.Pending?.ObjectId == change.Value.ObjectId)
            return Save(invoice, before, account, [], rules, now) with { ManualReviewReason = reason };
        var paused = before.Closed is null
            ? before with
            {
                Pending = new PendingPayment(change.Value.ObjectId, now + _mismatchPause),
            }
            : before;
        return Save(
            invoice,
            paused,
            account,
            [new(now, EventKind.PaymentPending, $"Manual review needed: {reason}")],
            rules,
            now
        ) with
        {
            ManualReviewReason = reason,
        };
    }

    private static Settlement Save(
        Versioned<Invoice> invoice,
        Invoice after,
        CustomerAccount account,
        List<InvoiceEvent> events,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var customer = account.Customer.Value;
        var rescheduled = Schedule.Recalculate(after, customer, rules, now);
        var transaction = new CustomerTransaction(account.Id).Save(
            invoice,
            after.ErasedAt is { } erased ? Erasure.Erase(rescheduled, erased) : rescheduled
        );
        foreach (var invoiceEvent in events)
            transaction.AddEvent(after.Id, after.ErasedAt is null ? invoiceEvent : Erasure.Erase(invoiceEvent));
        // A thank-you notice is sent for a payment, not for a chargeback that was reversed.
        var isPaid = events.Exists(e => e.Kind is EventKind.Settled) && events.Exists(e => e.Kind is EventKind.Paid);
        // The customer's row is replaced too: when two invoices are settled at the same time, the second transaction
        // conflicts, and then finds the first one's thank-you notice.
        if (isPaid && ThankYou.Add(transaction, after, account, customer, rules, now))
            transaction.Save(account.Customer, customer);
        return new Settlement(transaction);
    }
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
