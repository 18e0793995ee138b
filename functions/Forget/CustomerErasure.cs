using System.Runtime.CompilerServices;
using Dunning.Book;

namespace Dunning.Forget;

/// <summary>
/// Erases a customer in many small moves. The first takes the contact data and every waiting message; a row remembers the work until the last one, so a
/// crash leaves it to the next request or timer.
/// </summary>
public sealed class CustomerErasure(BookTable book, InvoiceErasure invoices, CustomerTraces traces, TimeProvider clock)
{
    private const int Tries = 20;

    /// <returns>What stood in the way; then nothing was written. Null for a customer nobody knows.</returns>
    public async Task<Obstacle?> BeginAsync(string customerId, bool force, CancellationToken cancel)
    {
        for (var refused = 0; refused < Tries;)
        {
            if (await book.ReadAsync(customerId, cancel) is not { } rows)
                return null;
            if (rows.Customer.Value.ErasedAt is not null)
                return Obstacle.None;
            var now = clock.GetUtcNow();
            if (ErasureStart.ObstacleOf(rows, force, now) is var obstacle && obstacle is not Obstacle.None)
                return obstacle;
            var (move, isMarked) = ErasureStart.Decide(rows, await book.ReadForgettingAsync(customerId, cancel), now);
            if (!await book.TryCommitAsync(move, cancel))
                refused++;
            else if (isMarked)
                return Obstacle.None;
        }
        throw new InvalidOperationException($"Customer {customerId} kept changing while the erasure began.");
    }

    /// <summary>Deletes texts from numbers that nobody here has.</summary>
    public Task ForgetStrangersAsync(DateTimeOffset until, CancellationToken cancel) => traces.DeleteWordsAsync(Reply.Nobody, until, cancel);

    /// <param name="most">How many moves to make at the most, more or less.</param>
    /// <returns>True when nothing is left to do.</returns>
    public async Task<bool> GoOnAsync(string customerId, int most, CancellationToken cancel)
    {
        if (await book.ReadForgettingAsync(customerId, cancel) is not { } forgetting)
            return true;
        var made = 0;
        await foreach (var id in FindInvoicesAsync(forgetting.Value, cancel))
        {
            if (made >= most)
                return false;
            made += await invoices.EraseAsync(id, forgetting.Value.AskedAt, cancel);
        }
        await traces.DeleteAsync(forgetting.Value, cancel);
        return await book.TryCommitAsync(new Move(customerId).Delete(forgetting), cancel);
    }

    /// <summary>Erases an invoice that is closed and, when nothing but erased invoices is left of its customer, the customer.</summary>
    /// <param name="until">How old messages, replies and notes must be to go, too.</param>
    public async Task EraseClosedAsync(InvoiceId id, DateTimeOffset until, int most, CancellationToken cancel)
    {
        await traces.DeleteWordsAsync(id.Customer, until, cancel);
        await invoices.EraseAsync(id, clock.GetUtcNow(), cancel);
        await EraseIdleAsync(id.Customer, most, cancel);
    }

    private async Task EraseIdleAsync(string customerId, int most, CancellationToken cancel)
    {
        if (await book.ReadAsync(customerId, cancel) is not { Invoices.Count: 0, Notices.Count: 0, Customer.Value.ErasedAt: null })
            return;
        await foreach (var invoice in book.ReadClosedAsync(customerId, cancel))
        {
            if (invoice.Value.ErasedAt is null)
                return;
        }
        if (await BeginAsync(customerId, force: false, cancel) is Obstacle.None)
            await GoOnAsync(customerId, most, cancel);
    }

    private async IAsyncEnumerable<InvoiceId> FindInvoicesAsync(
        Forgetting forgetting, [EnumeratorCancellation] CancellationToken cancel)
    {
        var live = (await book.ReadAsync(forgetting.CustomerId, cancel))?.Invoices ?? [];
        foreach (var invoice in live.Where(i => IsToBeErased(i.Value)))
            yield return invoice.Value.Id;
        await foreach (var invoice in book.ReadClosedAsync(forgetting.CustomerId, cancel))
        {
            if (IsToBeErased(invoice.Value))
                yield return invoice.Value.Id;
        }

        bool IsToBeErased(Invoice invoice) => invoice.ErasedAt is null && invoice.AcceptedAt <= forgetting.AskedAt;
    }
}
