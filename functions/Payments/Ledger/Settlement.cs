using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>
/// What one payment fact does to one invoice. Pure, and the same whatever the order and the number of times facts
/// arrive in.
/// </summary>
/// <param name="Transaction">Null when the fact changes nothing.</param>
/// <param name="Notices">To be enqueued once the move is written.</param>
/// <param name="Parked">Why a person has to look at it; null when all is well.</param>
internal sealed record Settlement(
    CustomerTransaction? Transaction,
    IReadOnlyList<Notice> Notices,
    string? Parked = null
)
{
    /// <summary>How long reminders wait for a person to look at a payment in another currency.</summary>
    private static readonly TimeSpan _mismatchPause = TimeSpan.FromDays(2);

    /// <param name="account">Of the invoice's customer.</param>
    /// <param name="ledger">The invoice's entries.</param>
    /// <param name="seen">The mark that accepting the event left on the invoice; null when it came another way.</param>
    public static Settlement Decide(
        Versioned<Invoice> invoice,
        CustomerAccount account,
        IReadOnlyList<Versioned<LedgerEntry>> ledger,
        SourcedPaymentChange fact,
        string? seen,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var before = invoice.Value with
        {
            PendingPayments = [.. invoice.Value.PendingPayments.Where(mark => mark != seen)],
        };
        if (fact.Amount is { } amount && amount.Currency != before.AmountDue.Currency)
            return Mismatch(invoice, before, account, fact, rules, now);
        if (fact.Entry(before) is { } incoming)
            return Post(invoice, before, account, ledger, incoming, fact, rules, now);
        return fact.Kind is PaymentChangeKind.Stop && before.Closed is null
            ? Stop(invoice, before, account, fact, rules, now)
            : Save(invoice, before, account, [], rules, now);
    }

    private static Settlement Post(
        Versioned<Invoice> invoice,
        Invoice before,
        CustomerAccount account,
        IReadOnlyList<Versioned<LedgerEntry>> ledger,
        LedgerEntry incoming,
        SourcedPaymentChange fact,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var stored = ledger.FirstOrDefault(e =>
            (e.Value.Provider, e.Value.Kind, e.Value.ObjectId) == (incoming.Provider, incoming.Kind, incoming.ObjectId)
        );
        var entry = LedgerEntry.Merge(stored?.Value, incoming);
        if (entry == stored?.Value)
            return Save(invoice, before, account, [], rules, now) with { Parked = TooMuch(before, entry) };

        var currency = before.AmountDue.Currency;
        var was = LedgerSummary.Create([.. ledger.Select(e => e.Value)], currency);
        var summary = LedgerSummary.Create([.. ledger.Where(e => e != stored).Select(e => e.Value), entry], currency);
        var paid = before with { Paid = summary.Paid };
        List<InvoiceEvent> events = PaymentEventText.Create(fact, entry, stored?.Value, paid, summary, now) is { } news
            ? [news]
            : [];
        var after = InvoiceStateRules.Apply(paid, before.OpenAmount, was, summary, entry, fact, now, events);
        var settlement = Save(invoice, after, account, events, rules, now);
        settlement.Transaction!.Save(stored, entry);
        return settlement with { Parked = TooMuch(after, entry) };
    }

    /// <summary>It is booked, and a person sees to the rest: money is never given back by itself.</summary>
    private static string? TooMuch(Invoice invoice, LedgerEntry entry) =>
        !(
            entry.Kind is LedgerKind.Payment or LedgerKind.PaymentTotal or LedgerKind.PaidInFull
            && entry.Amount.IsPositive
        )
            ? null
        : invoice.Closed is { As: ClosedAs.Void or ClosedAs.WrittenOff or ClosedAs.Credited } closed
            ? $"{entry.Amount} has been paid on invoice {invoice.Number}, which is "
                + $"{NameOf(closed.As)}: give it back, or settle it with another invoice"
        : (-invoice.OpenAmount).IsPositive
            ? $"{-invoice.OpenAmount} too much has been paid on invoice {invoice.Number}: give it back, or settle "
                + "it with another invoice"
        : null;

    private static string NameOf(ClosedAs state) =>
        state switch
        {
            ClosedAs.Void => "void",
            ClosedAs.WrittenOff => "written off",
            _ => "a credit note",
        };

    private static Settlement Stop(
        Versioned<Invoice> invoice,
        Invoice before,
        CustomerAccount account,
        SourcedPaymentChange fact,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var voided = $"at {PaymentEventText.NameOf(fact.Provider)}";
        return Save(
            invoice,
            before with
            {
                Closed = new Closed(ClosedAs.Void, now, $"voided {voided}"),
            },
            account,
            [new(now, EventKind.Voided, $"Voided {voided}{PaymentEventText.Note(fact)}")],
            rules,
            now
        );
    }

    private static Settlement Mismatch(
        Versioned<Invoice> invoice,
        Invoice before,
        CustomerAccount account,
        SourcedPaymentChange fact,
        DunningRules rules,
        DateTimeOffset now
    )
    {
        var reason =
            $"the payment is in {fact.Amount!.Value.Currency}, the invoice in {before.AmountDue.Currency}: "
            + "amounts are never converted";
        // Told again, it neither waits longer nor is it news.
        if (before.Pending?.ObjectId == fact.Value.ObjectId)
            return Save(invoice, before, account, [], rules, now) with { Parked = reason };
        var paused = before.Closed is null
            ? before with
            {
                Pending = new PendingPayment(fact.Value.ObjectId, now + _mismatchPause),
            }
            : before;
        return Save(
            invoice,
            paused,
            account,
            [new(now, EventKind.PaymentPending, $"Parked for a person: {reason}")],
            rules,
            now
        ) with
        {
            Parked = reason,
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
        var renewed = Schedule.Recalculate(after, customer, rules, now);
        var transaction = new CustomerTransaction(account.Id).Save(
            invoice,
            after.ErasedAt is { } erased ? Erasure.Erase(renewed, erased) : renewed
        );
        foreach (var invoiceEvent in events)
            transaction.AddEvent(after.Id, after.ErasedAt is null ? invoiceEvent : Erasure.Erase(invoiceEvent));
        // Thanks are for a payment, not for a chargeback that was taken back.
        var isPaid = events.Exists(e => e.Kind is EventKind.Settled) && events.Exists(e => e.Kind is EventKind.Paid);
        if (!isPaid || ThankYou.Add(transaction, after, account, customer, rules, now) is not { } thanks)
            return new Settlement(transaction, []);
        // Two invoices settled at once both write the customer's row, so that the second sees the first one's thanks.
        return new Settlement(transaction.Save(account.Customer, customer), [thanks]);
    }
}

/// <summary>A payment fact with what the ledger needs to know of its origin.</summary>
public sealed record SourcedPaymentChange(string Provider, PaymentEvent Source, PaymentChange Value)
{
    public PaymentChangeKind Kind => Value.Kind;
    public Money? Amount => Value.Amount;
    public string? Note => Value.Note;

    public LedgerEntry? Entry(Invoice invoice) =>
        LedgerEntryMapper.Map(Value, Source, Provider, invoice)
        ?? LedgerEntryMapper.StatusEntry(Value, Source, Provider, invoice);
}
