using System.Globalization;
using Dunning.Book;
using Dunning.Plan;

namespace Dunning.Settle;

/// <summary>What one payment fact does to one invoice. Pure, and the same whatever the order and the number of times facts arrive in.</summary>
/// <param name="Move">Null when the fact changes nothing.</param>
/// <param name="Notices">To be enqueued once the move is written.</param>
/// <param name="Parked">Why a person has to look at it; null when all is well.</param>
public sealed record Settlement(Move? Move, IReadOnlyList<Notice> Notices, string? Parked = null)
{
    /// <summary>How long reminders wait for money that is said to be on its way, or for a person to look at a payment in another currency.</summary>
    private static readonly TimeSpan InFlightPause = TimeSpan.FromDays(5), MismatchPause = TimeSpan.FromDays(2);

    /// <param name="ledger">The invoice's entries.</param>
    /// <param name="seen">The mark that accepting the event left on the invoice; null when it came another way.</param>
    public static Settlement Decide(
        Stored<Invoice> invoice, Customer customer, IReadOnlyList<Stored<LedgerEntry>> ledger, Fact fact, string? seen, Rulebook rules, DateTimeOffset now)
    {
        var before = invoice.Value with { PaymentsSeen = [.. invoice.Value.PaymentsSeen.Where(mark => mark != seen)] };
        if (fact.Amount is { } amount && amount.Currency != before.AmountDue.Currency)
            return Mismatch(invoice, before, customer, fact, rules, now);
        var incoming = fact.Entry(before.Id.Invoice);
        return incoming is null
            ? Chase(invoice, before, customer, fact, rules, now)
            : Post(invoice, before, customer, ledger, incoming, rules, now);
    }

    private static Settlement Post(
        Stored<Invoice> invoice, Invoice before, Customer customer, IReadOnlyList<Stored<LedgerEntry>> ledger, LedgerEntry incoming,
        Rulebook rules, DateTimeOffset now)
    {
        var stored = ledger.FirstOrDefault(e => (e.Value.Provider, e.Value.Kind, e.Value.ObjectId) == (incoming.Provider, incoming.Kind, incoming.ObjectId));
        var entry = LedgerEntry.Merge(stored?.Value, incoming);
        if (entry == stored?.Value)
            return Save(invoice, before, customer, [], rules, now);

        var entries = ledger.Where(e => e != stored).Select(e => e.Value).Append(entry);
        var paid = before with { Paid = Balance.Paid(entries, before.AmountDue.Currency) };
        // A failure of what was never thought paid is told by the failure itself.
        List<InvoiceEvent> events = IsUndone(incoming) && stored is null ? [] : [Tell(incoming, paid, now)];
        var after = CloseOrReopen(paid, incoming, events, now);
        var settlement = Save(invoice, after, customer, events, rules, now);
        settlement.Move!.Save(stored, entry);
        return settlement;
    }

    private static Invoice CloseOrReopen(Invoice paid, LedgerEntry cause, List<InvoiceEvent> events, DateTimeOffset now)
    {
        if (paid is { Closed: null, Open.IsPositive: false })
        {
            events.Add(new(now, EventKind.Settled, paid.Open.IsZero ? "Settled in full" : $"Settled, {-paid.Open} too much: a credit for a person to look at"));
            return paid with { Closed = new Closed(ClosedAs.Settled, now, "paid"), Dispute = null, Hold = null };
        }
        if (paid is { Open.IsPositive: true, Closed.As: ClosedAs.Settled } && IsUndone(cause))
        {
            events.Add(new(now, EventKind.Reopened, $"Reopened with {paid.Open} owed: the payment failed after all"));
            return paid with { Closed = null };
        }
        if (!paid.Open.IsPositive || paid.Closed is not null and not { As: ClosedAs.Settled } || !TakesMoneyBack(cause))
            return paid;
        // Nobody is chased for money that was given or taken back until a person has said so, whichever of the two we heard of first.
        var reason = cause.Kind is LedgerKind.Chargeback ? "the payment was charged back" : "the payment was refunded";
        if (paid.Closed is not null)
            events.Add(new(now, EventKind.Reopened, $"Reopened with {paid.Open} owed: {reason}; resume the invoice to go on with reminders"));
        return cause.Kind is LedgerKind.Chargeback
            ? paid with { Closed = null, Dispute = new Dispute(reason, now) }
            : paid with { Closed = null, Hold = new Hold(reason, now, Until: null) };
    }

    private static bool TakesMoneyBack(LedgerEntry cause) =>
        cause is { Kind: LedgerKind.Chargeback or LedgerKind.Refund or LedgerKind.RefundTotal, Amount.IsPositive: true };

    private static bool IsUndone(LedgerEntry cause) => cause is { Kind: LedgerKind.Payment, Amount.IsZero: true };

    private static InvoiceEvent Tell(LedgerEntry entry, Invoice paid, DateTimeOffset now)
    {
        var (kind, word) = entry.Kind switch
        {
            LedgerKind.Refund or LedgerKind.RefundTotal => (EventKind.Refunded, "Refund"),
            LedgerKind.Chargeback => (EventKind.ChargedBack, entry.Amount.IsZero ? "Chargeback reversed" : "Chargeback"),
            _ => (EventKind.Paid, "Payment"),
        };
        var left = paid.Open.IsPositive ? $"{paid.Open} is still owed" : "nothing is owed";
        var what = IsUndone(entry) ? "The payment failed after all" : $"{word} of {entry.Amount}";
        return new(now, IsUndone(entry) ? EventKind.PaymentFailed : kind, $"{what} through {NameOf(entry.Provider)}: {left}", new Dictionary<string, string>
        {
            ["provider"] = entry.Provider,
            ["object"] = entry.ObjectId,
            ["event"] = entry.EventId,
            ["occurredAt"] = entry.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Facts that move no money: they change the chase, not the balance.</summary>
    private static Settlement Chase(Stored<Invoice> invoice, Invoice before, Customer customer, Fact fact, Rulebook rules, DateTimeOffset now)
    {
        var note = fact.Note is null ? "" : $": {fact.Note}";
        return (before.Closed, fact.Kind) switch
        {
            (null, PaymentFactKind.InFlight) => Save(invoice, before with { Pending = new PendingPayment(fact.Value.ObjectId, now + InFlightPause) }, customer,
                [new(now, EventKind.PaymentPending, $"A payment through {NameOf(fact.Provider)} is on its way: reminders wait")], rules, now),
            (null, PaymentFactKind.Failed) => Save(invoice, before with { Pending = before.Pending?.ObjectId == fact.Value.ObjectId ? null : before.Pending }, customer,
                [new(now, EventKind.PaymentFailed, $"A payment through {NameOf(fact.Provider)} failed{note}")], rules, now),
            (null, PaymentFactKind.Dispute) => Save(invoice, before with { Dispute = new Dispute($"disputed at {NameOf(fact.Provider)}{note}", before.Dispute?.Since ?? now) }, customer,
                [new(now, EventKind.Disputed, $"The customer disputes the payment at {NameOf(fact.Provider)}{note}")], rules, now),
            (null, PaymentFactKind.Stop) => Save(invoice, before with { Closed = new Closed(ClosedAs.Void, now, $"voided at {NameOf(fact.Provider)}") }, customer,
                [new(now, EventKind.Voided, $"Voided at {NameOf(fact.Provider)}{note}")], rules, now),
            (not null, PaymentFactKind.Dispute) => Save(invoice, before, customer,
                [new(now, EventKind.Disputed, $"The customer disputes the payment at {NameOf(fact.Provider)}{note}; the invoice stays closed until money is taken back")], rules, now),
            _ => Save(invoice, before, customer, [], rules, now),
        };
    }

    /// <summary>Without the endpoint that tells apart the ids of generic webhooks.</summary>
    private static string NameOf(string provider) => provider.Split('@')[0];

    private static Settlement Mismatch(Stored<Invoice> invoice, Invoice before, Customer customer, Fact fact, Rulebook rules, DateTimeOffset now)
    {
        var reason = $"the payment is in {fact.Amount!.Value.Currency}, the invoice in {before.AmountDue.Currency}: amounts are never converted";
        var paused = before.Closed is null ? before with { Pending = new PendingPayment(fact.Value.ObjectId, now + MismatchPause) } : before;
        return Save(invoice, paused, customer, [new(now, EventKind.PaymentPending, $"Parked for a person: {reason}")], rules, now) with { Parked = reason };
    }

    private static Settlement Save(
        Stored<Invoice> invoice, Invoice after, Customer customer, List<InvoiceEvent> events, Rulebook rules, DateTimeOffset now)
    {
        var move = new Move(customer.Id).Save(invoice, Schedule.Renew(after, customer, rules, now));
        foreach (var happened in events)
            move.Tell(after.Id, happened);
        // Thanks are for a payment, not for a chargeback that was taken back.
        if (!events.Exists(e => e.Kind is EventKind.Settled) || !events.Exists(e => e.Kind is EventKind.Paid) || customer.EmailAddress is null)
            return new Settlement(move, []);
        var thanks = ThankYou(after, customer, rules, now);
        return new Settlement(move.Save(before: null, thanks), [thanks]);
    }

    private static Notice ThankYou(Invoice invoice, Customer customer, Rulebook rules, DateTimeOffset now) => new()
    {
        Id = $"{now.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}-thanks-{invoice.Id.Invoice}",
        CustomerId = customer.Id,
        Channel = Channel.Email,
        Letter = LetterKind.ThankYou,
        Lines = [new NoticeLine(invoice.Id.Invoice, invoice.Step)],
        PlannedAt = now,
        NotBefore = SendWindow.From(Channel.Email, customer, rules, now),
    };
}

/// <summary>A payment fact with what the ledger needs to know of its origin.</summary>
public sealed record Fact(string Provider, PaymentEvent Source, PaymentFact Value)
{
    public PaymentFactKind Kind => Value.Kind;
    public Money? Amount => Value.Amount;
    public string? Note => Value.Note;

    public LedgerEntry? Entry(string invoiceId) => Posting.Of(Value, Source, Provider, invoiceId);
}
