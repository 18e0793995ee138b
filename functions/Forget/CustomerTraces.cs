using Dunning.Book;
using Dunning.Settle;

namespace Dunning.Forget;

/// <summary>Deletes what lies about a customer outside of the invoices: messages, replies, notes, webhook bodies, failures, phone numbers.</summary>
public sealed class CustomerTraces(BookTable book, Lookup lookup, Inbox inbox, Failures failures)
{
    public async Task DeleteAsync(Forgetting forgetting, CancellationToken cancel)
    {
        await DeleteWordsAsync(forgetting.CustomerId, forgetting.AskedAt, cancel);
        await inbox.ForgetCustomerAsync(forgetting.CustomerId, cancel);
        await failures.ForgetAsync(forgetting.CustomerId, cancel);
        // One that has come back meanwhile is found by the number again.
        var back = (await book.ReadAsync(forgetting.CustomerId, cancel))?.Customer.Value.Numbers ?? [];
        foreach (var number in forgetting.Numbers.Except(back))
            await lookup.ForgetPhoneAsync(number, forgetting.CustomerId, cancel);
    }

    public async Task DeleteWordsAsync(string customerId, DateTimeOffset until, CancellationToken cancel)
    {
        foreach (var keys in (await book.FindWordsAsync(customerId, until, cancel)).Chunk(Move.MaxRows))
            await book.TryCommitAsync(keys.Aggregate(new Move(customerId), (move, key) => move.Delete(key)), cancel);
    }
}
