using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// Recalculates the invoices of a customer that have no next step, after a change of the customer: for example, when
/// the first address was added.
/// </summary>
internal static class StepRecalculation
{
    /// <summary>
    /// Keeps the transaction within <see cref="CustomerTransaction.MaxRows"/>: an invoice, its agenda row, its event
    /// and the last link of its events.
    /// </summary>
    private const int MaxInvoices = 22;

    /// <summary>Changes at most 22 invoices; call it again after the commit.</summary>
    /// <returns>Null when there is nothing to change.</returns>
    public static CustomerTransaction? Decide(DunningContext context, CustomerAccount account)
    {
        var waiting = account
            .Invoices.Where(i => i.Value.Dunning.Next is null)
            .Select(i => (Before: i, After: Schedule.Recalculate(context, i.Value)))
            .Where(i => i.After.Dunning.Next is not null)
            .Take(MaxInvoices)
            .ToList();
        if (waiting.Count == 0)
            return null;
        var transaction = new CustomerTransaction(account.Id);
        foreach (var (before, after) in waiting)
            transaction
                .Save(before, after)
                .AddEvent(
                    after.Id,
                    new(context.Now, EventKind.Scheduled)
                    {
                        Step = after.Dunning.Next!.Step,
                        Date = context.DayOf(after.Dunning.Next.At),
                    }
                );
        return transaction;
    }
}
