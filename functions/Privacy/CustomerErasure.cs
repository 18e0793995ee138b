using System.Runtime.CompilerServices;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Privacy;

/// <summary>
/// Erases a customer in many small moves. The first takes the contact data and every waiting message; a row remembers
/// the work until the last one, so a crash leaves it to the next request or timer.
/// </summary>
public sealed class CustomerErasure(
    ReceivablesTable receivables,
    InvoiceErasure invoices,
    RelatedData related,
    TimeProvider clock
)
{
    private const int MaxAttempts = 20;

    /// <returns>What stood in the way; then nothing was written. Null for a customer nobody knows.</returns>
    public async Task<ErasureBlocker?> BeginAsync(string customerId, bool force, CancellationToken cancellationToken)
    {
        var refused = 0;
        while (refused < MaxAttempts)
        {
            if (await receivables.ReadAsync(customerId, cancellationToken) is not { } account)
                return null;
            if (account.Customer.Value.ErasedAt is not null)
                return ErasureBlocker.None;
            var now = clock.GetUtcNow();
            if (ErasureStart.BlockerOf(account, force, now) is var obstacle && obstacle is not ErasureBlocker.None)
                return obstacle;
            var (transaction, isMarked) = ErasureStart.Decide(
                account,
                await receivables.ReadErasureRequestAsync(customerId, cancellationToken),
                now
            );
            if (!await receivables.TryCommitAsync(transaction, cancellationToken))
                refused++;
            else if (isMarked)
                return ErasureBlocker.None;
        }
        throw new InvalidOperationException($"Customer {customerId} kept changing while the erasure began.");
    }

    /// <summary>Deletes texts from numbers that nobody here has.</summary>
    public Task ForgetUnknownSendersAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        related.DeletePersonalMessagesAsync(Reply.UnknownSender, until, cancellationToken);

    /// <param name="most">How many moves to make at the most, more or less.</param>
    /// <returns>True when nothing is left to do.</returns>
    public async Task<bool> ContinueAsync(string customerId, int most, CancellationToken cancellationToken)
    {
        if (await receivables.ReadErasureRequestAsync(customerId, cancellationToken) is not { } forgetting)
            return true;
        var made = 0;
        await foreach (var id in FindInvoicesAsync(forgetting.Value, cancellationToken))
        {
            if (made >= most)
                return false;
            made += await invoices.EraseAsync(id, forgetting.Value.RequestedAt, cancellationToken);
        }
        await related.DeleteAsync(forgetting.Value, cancellationToken);
        return await receivables.TryCommitAsync(
            new CustomerTransaction(customerId).Delete(forgetting),
            cancellationToken
        );
    }

    /// <summary>
    /// Erases an invoice that is closed and, when nothing but erased invoices is left of its customer, the customer.
    /// </summary>
    /// <param name="until">How old messages, replies and notes must be to go, too.</param>
    public async Task EraseClosedAsync(
        InvoiceId id,
        DateTimeOffset until,
        int most,
        CancellationToken cancellationToken
    )
    {
        await related.DeletePersonalMessagesAsync(id.Customer, until, cancellationToken);
        await invoices.EraseAsync(id, clock.GetUtcNow(), cancellationToken);
        await EraseIdleAsync(id.Customer, most, cancellationToken);
    }

    private async Task EraseIdleAsync(string customerId, int most, CancellationToken cancellationToken)
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
            await ContinueAsync(customerId, most, cancellationToken);
    }

    private async IAsyncEnumerable<InvoiceId> FindInvoicesAsync(
        ErasureRequest forgetting,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var live = (await receivables.ReadAsync(forgetting.CustomerId, cancellationToken))?.Invoices ?? [];
        foreach (var invoice in live.Where(i => IsToBeErased(i.Value)))
            yield return invoice.Value.Id;
        await foreach (var invoice in receivables.ReadClosedAsync(forgetting.CustomerId, cancellationToken))
        {
            if (IsToBeErased(invoice.Value))
                yield return invoice.Value.Id;
        }

        bool IsToBeErased(Invoice invoice) => invoice.ErasedAt is null && invoice.AcceptedAt <= forgetting.RequestedAt;
    }
}
