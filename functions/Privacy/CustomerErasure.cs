using System.Runtime.CompilerServices;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Privacy;

/// <summary>
/// Erases a customer in several transactions. The first ones delete the contact data and all unsent notices, and write
/// an <see cref="ErasureRequest"/>. That row is deleted last, so that after a crash the next request or timer
/// continues.
/// </summary>
public sealed class CustomerErasure(
    ReceivablesTable receivables,
    InvoiceErasure invoices,
    RelatedData related,
    CustomerTransactions transactions,
    TimeProvider clock
)
{
    /// <returns>Why the erasure cannot start (then nothing was written); null for an unknown customer.</returns>
    public async Task<ErasureBlocker?> BeginAsync(
        CustomerId customerId,
        bool force,
        CancellationToken cancellationToken
    )
    {
        ErasureBlocker? blocker = null;
        await transactions.RepeatAsync(
            customerId,
            async () =>
            {
                blocker = null;
                if (await receivables.ReadAsync(customerId, cancellationToken) is not { } account)
                    return null;
                blocker =
                    account.Customer.Value.ErasedAt is not null ? ErasureBlocker.None
                    : await receivables.IsTargetOfMergeAsync(account.Customer.Value, cancellationToken)
                        ? ErasureBlocker.MergeInProgress
                    : ErasureStart.BlockerOf(account, force, clock.GetUtcNow());
                return account.Customer.Value.ErasedAt is null && blocker is ErasureBlocker.None
                    ? new Facts(account, await receivables.ReadErasureRequestAsync(customerId, cancellationToken))
                    : null;
            },
            (facts, now) => ErasureStart.Decide(facts.Account, facts.Begun, now),
            cancellationToken
        );
        return blocker;
    }

    /// <inheritdoc cref="RelatedData.DeleteOfStrangersAsync"/>
    public Task ForgetUnknownSendersAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        related.DeleteOfStrangersAsync(until, cancellationToken);

    /// <param name="maxTransactions">Approximate: the transactions of one invoice are not interrupted.</param>
    /// <returns>True when nothing is left to do.</returns>
    public async Task<bool> ContinueAsync(
        CustomerId customerId,
        int maxTransactions,
        CancellationToken cancellationToken
    )
    {
        if (await receivables.ReadErasureRequestAsync(customerId, cancellationToken) is not { } request)
            return true;
        var count = 0;
        await foreach (var id in FindInvoicesAsync(request.Value, cancellationToken))
        {
            if (count >= maxTransactions)
                return false;
            count += await invoices.EraseAsync(id, request.Value.RequestedAt, cancellationToken);
        }
        await related.DeleteAsync(request.Value, cancellationToken);
        return await receivables.TryCommitAsync(new CustomerTransaction(customerId).Delete(request), cancellationToken);
    }

    /// <summary>
    /// Erases a closed invoice and, if the customer has only erased invoices left, the customer.
    /// </summary>
    /// <param name="until">Messages, replies and notes up to this instant are deleted, too.</param>
    public async Task EraseClosedAsync(
        InvoiceId id,
        DateTimeOffset until,
        int maxTransactions,
        CancellationToken cancellationToken
    )
    {
        await related.DeletePersonalMessagesAsync(id, until, cancellationToken);
        await EndPausesAsync(id.Customer, until, cancellationToken);
        await invoices.EraseAsync(id, clock.GetUtcNow(), cancellationToken);
        await EraseIdleAsync(id.Customer, maxTransactions, cancellationToken);
    }

    /// <summary>A reply that is deleted, answered or not, must not hold up reminders any longer.</summary>
    private async Task EndPausesAsync(CustomerId customerId, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await transactions.RunAsync(
            customerId,
            (context, account) =>
                context.Customer.WithoutOpenReplies(open => open.Since <= until) is var after
                && after != context.Customer
                    ? new CustomerTransaction(account.Id).Save(account.Customer, after)
                    : null,
            cancellationToken
        );
        await transactions.RepeatAsync(customerId, StepRecalculation.Decide, cancellationToken);
    }

    private async Task EraseIdleAsync(CustomerId customerId, int maxTransactions, CancellationToken cancellationToken)
    {
        if (
            await receivables.ReadAsync(customerId, cancellationToken)
            is not { Invoices.Count: 0, Notices.Count: 0, Customer.Value.ErasedAt: null }
        )
            return;
        await foreach (var invoice in receivables.ReadClosedAsync(customerId, cancellationToken))
        {
            if (invoice.Value.ErasedAt is null)
                return;
        }
        if (await BeginAsync(customerId, force: false, cancellationToken) is ErasureBlocker.None)
            await ContinueAsync(customerId, maxTransactions, cancellationToken);
    }

    private async IAsyncEnumerable<InvoiceId> FindInvoicesAsync(
        ErasureRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var openInvoices = (await receivables.ReadAsync(request.CustomerId, cancellationToken))?.Invoices ?? [];
        foreach (var invoice in openInvoices.Where(i => IsToBeErased(i.Value)))
            yield return invoice.Value.Id;
        await foreach (var invoice in receivables.ReadClosedAsync(request.CustomerId, cancellationToken))
        {
            if (IsToBeErased(invoice.Value))
                yield return invoice.Value.Id;
        }

        bool IsToBeErased(Invoice invoice) => invoice.ErasedAt is null && invoice.AcceptedAt <= request.RequestedAt;
    }

    /// <param name="Begun">An unfinished erasure of the same customer.</param>
    private sealed record Facts(CustomerAccount Account, Versioned<ErasureRequest>? Begun);
}
