using Dunning.Policies;
using Dunning.PolicyVersions;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning;

/// <summary>
/// The one way in which the rows of a customer change: read them, let a pure function decide, commit its transaction
/// whole or not at all, and enqueue the notices that it inserted. When another writer was first, read and decide again.
/// </summary>
public sealed class CustomerTransactions(
    ReceivablesTable receivables,
    DunningRules rules,
    PolicyUpdates policies,
    Queues queues,
    TimeProvider clock
)
{
    private const int MaxAttempts = 20;

    /// <summary>More than any customer has invoices or notices to change.</summary>
    private const int MaxRepetitions = 1000;

    /// <summary>What decisions about the customer use now.</summary>
    public DunningContext ContextOf(Customer customer) => new(customer, rules, clock.GetUtcNow());

    /// <summary>Decides about a customer's open rows.</summary>
    /// <returns>The decision; null when the customer is unknown or there is nothing to do.</returns>
    /// <exception cref="ConcurrencyException">Other writers were first, again and again.</exception>
    public Task<TDecision?> RunAsync<TDecision>(
        CustomerId customerId,
        Func<DunningContext, CustomerAccount, TDecision?> decide,
        CancellationToken cancellationToken
    )
        where TDecision : class, IDecision =>
        RunAsync(
            customerId,
            () => receivables.ReadAsync(customerId, cancellationToken),
            (account, now) => decide(new DunningContext(account.Customer.Value, rules, now), account),
            cancellationToken
        );

    /// <summary>Decides about other rows of a customer.</summary>
    /// <param name="read">Returns null when there is nothing to decide about.</param>
    /// <returns>The decision; null when there is nothing to do.</returns>
    /// <exception cref="ConcurrencyException">Other writers were first, again and again.</exception>
    public async Task<TDecision?> RunAsync<TFacts, TDecision>(
        CustomerId customerId,
        Func<Task<TFacts?>> read,
        Func<TFacts, DateTimeOffset, TDecision?> decide,
        CancellationToken cancellationToken
    )
        where TFacts : class
        where TDecision : class, IDecision
    {
        TDecision? decision = null;
        await policies.RefreshAsync(cancellationToken);
        await RetryAsync(
            customerId,
            async () =>
            {
                decision = await read() is { } facts ? decide(facts, clock.GetUtcNow()) : null;
                return decision?.Transaction is not { } transaction
                    || await TryCommitAsync(transaction, cancellationToken);
            }
        );
        return decision;
    }

    /// <summary>Decides about a customer's open rows again and again, until there is nothing left to do.</summary>
    /// <returns>The number of transactions.</returns>
    /// <exception cref="ConcurrencyException">Other writers were first, again and again.</exception>
    public Task<int> RepeatAsync(
        CustomerId customerId,
        Func<DunningContext, CustomerAccount, CustomerTransaction?> decide,
        CancellationToken cancellationToken
    ) =>
        RepeatAsync(
            customerId,
            () => receivables.ReadAsync(customerId, cancellationToken),
            (account, now) => decide(new DunningContext(account.Customer.Value, rules, now), account),
            cancellationToken
        );

    /// <summary>Decides about other rows of a customer, until there is nothing left to do.</summary>
    /// <param name="read">Returns null when there is nothing to decide about.</param>
    /// <returns>The number of transactions.</returns>
    /// <exception cref="ConcurrencyException">Other writers were first, again and again.</exception>
    public async Task<int> RepeatAsync<TFacts>(
        CustomerId customerId,
        Func<Task<TFacts?>> read,
        Func<TFacts, DateTimeOffset, CustomerTransaction?> decide,
        CancellationToken cancellationToken
    )
        where TFacts : class
    {
        for (var count = 0; count < MaxRepetitions; count++)
        {
            if (await RunAsync(customerId, read, decide, cancellationToken) is null)
                return count;
        }
        throw new InvalidOperationException(
            $"Customer {customerId} still has something to do after {MaxRepetitions} transactions: check its rows."
        );
    }

    /// <summary>For a change with effects in between, which no pure function can decide.</summary>
    /// <param name="attempt">Returns false when another writer was first.</param>
    /// <exception cref="ConcurrencyException">Other writers were first, again and again.</exception>
    public static async Task RetryAsync(CustomerId customerId, Func<Task<bool>> attempt)
    {
        for (var count = 0; count < MaxAttempts; count++)
        {
            if (await attempt())
                return;
        }
        throw new ConcurrencyException(customerId);
    }

    /// <summary>
    /// Commits and enqueues the notices; if the process stops in between, the recovery timer enqueues them.
    /// </summary>
    /// <returns>False when another writer was first.</returns>
    public async Task<bool> TryCommitAsync(CustomerTransaction transaction, CancellationToken cancellationToken)
    {
        if (!await receivables.TryCommitAsync(transaction, cancellationToken))
            return false;
        await Task.WhenAll(
            transaction.PlannedNotices.Select(notice =>
                queues.SendAsync(notice, notice.NotBefore - clock.GetUtcNow(), cancellationToken)
            )
        );
        return true;
    }
}
