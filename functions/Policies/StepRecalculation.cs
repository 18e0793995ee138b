using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>
/// Gives a step to the invoices that can have one now and could not before: the customer has an address at last, say.
/// </summary>
internal static class StepRecalculation
{
    private const int MaxInvoices = 30;

    /// <summary>Null when every invoice has the step it should have.</summary>
    public static CustomerTransaction? Decide(CustomerAccount account, DunningRules rules, DateTimeOffset now)
    {
        var waiting = account
            .Invoices.Where(i => i.Value.Next is null)
            .Select(i => (Before: i, After: Schedule.Recalculate(i.Value, account.Customer.Value, rules, now)))
            .Where(i => i.After.Next is not null)
            .Take(MaxInvoices)
            .ToList();
        if (waiting.Count == 0)
            return null;
        var transaction = new CustomerTransaction(account.Id);
        foreach (var (before, after) in waiting)
            transaction.Save(before, after);
        return transaction;
    }
}
