using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// Whether promises to pay were kept, from the value dates of the ledger: a payment in time that is booked late keeps a
/// promise that was taken for broken.
/// </summary>
internal static class PromiseOutcome
{
    /// <param name="invoice">With the new balance.</param>
    /// <param name="entries">The invoice's entries, merged.</param>
    /// <param name="events">Receives the events about promises that are kept now.</param>
    public static Invoice Decide(
        DunningContext context,
        Invoice invoice,
        IReadOnlyCollection<LedgerEntry> entries,
        List<InvoiceEvent> events
    )
    {
        var agreements = invoice.Agreements;
        var past = agreements
            .PastPromises.Select(promise =>
                promise.State is PromiseState.Broken && IsKept(promise) ? Keep(promise) : promise
            )
            .ToList();
        if (agreements.Promise is not { } pending || !IsKept(pending))
            return invoice with { Agreements = agreements with { PastPromises = past } };
        return Resumed(context, invoice, pending) with
        {
            Agreements = agreements with { Promise = null, PastPromises = [.. past, Keep(pending)] },
        };

        Promise Keep(Promise promise)
        {
            events.Add(new(context.Now, EventKind.PromiseKept) { Date = promise.On, Amount = promise.Amount });
            return promise with { State = PromiseState.Kept };
        }

        bool IsKept(Promise promise)
        {
            var paid = PaidInTime.By(context, entries, invoice.OpenAmount.Currency, promise.LastDay);
            return promise.Amount is { } amount
                ? paid - promise.PaidBefore >= amount
                : !(invoice with { Payments = invoice.Payments with { Paid = paid, WrittenOff = null } })
                    .OpenAmount
                    .IsPositive;
        }
    }

    /// <summary>
    /// The days of the promise do not count: the next reminder about the rest is as far away as it was.
    /// </summary>
    private static Invoice Resumed(DunningContext context, Invoice invoice, Promise promise)
    {
        var start = invoice.Dunning.ScheduleStart;
        var made = context.DayOf(promise.MadeAt);
        var days = Math.Max(0, context.Today.DayNumber - Math.Max(made.DayNumber, start.DayNumber));
        return invoice with { Dunning = invoice.Dunning with { ScheduleStart = start.AddDays(days) } };
    }
}
