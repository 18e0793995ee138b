using Dunning.Policies;
using Dunning.Receivables.Storage;

namespace Dunning;

/// <summary>
/// Gives every invoice of a customer that waits for a next step the one that it can have now. A change of the customer,
/// such as a first address or an opt-in, may concern more invoices than one transaction holds. Call it after the commit
/// of the change, and again when the change is repeated: a crash may have come in between.
/// </summary>
internal static class StepRescheduling
{
    private const int MaxConflicts = 20;

    public static async Task RescheduleAsync(
        this ReceivablesTable receivables,
        string customerId,
        DunningRules rules,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var conflicts = 0;
        while (conflicts < MaxConflicts)
        {
            if (
                await receivables.ReadAsync(customerId, cancellationToken) is not { } account
                || StepRecalculation.Decide(account, rules, clock.GetUtcNow()) is not { } transaction
            )
                return;
            if (!await receivables.TryCommitAsync(transaction, cancellationToken))
                conflicts++;
        }
        throw new InvalidOperationException(
            $"The next steps of customer {customerId} were not set: others changed the rows {MaxConflicts} times."
        );
    }
}
