using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Dunning.Book;

/// <summary>What only forgetting reads: everything of one invoice or customer, and what has been kept for long enough.</summary>
public sealed partial class BookTable
{
    /// <summary>The invoices of one shard that were closed before an instant's hour, oldest first.</summary>
    /// <param name="erased">Those without their texts; else those that have them still.</param>
    public async IAsyncEnumerable<InvoiceId> FindClosedBeforeAsync(
        string shard, bool erased, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var (customer, invoice) in IndexAsync(shard, Keys.RetentionPrefix(erased), Keys.RetentionEnd(erased, before), cancel))
            yield return new InvoiceId(customer, invoice);
    }

    public async IAsyncEnumerable<Stored<Forgetting>> FindForgettingAsync(string shard, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (from, to) = (Keys.ForgettingPrefix, Keys.EndOf(Keys.ForgettingPrefix));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            yield return Rows.ReadStored<Forgetting>(row);
    }

    public Task<Stored<Forgetting>?> ReadForgettingAsync(string customerId, CancellationToken cancel) =>
        GetAsync<Forgetting>(customerId, Keys.Forgetting(customerId), cancel);

    public async IAsyncEnumerable<Stored<Invoice>> ReadClosedAsync(string customerId, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in RangeAsync(customerId, Keys.ClosedOf(customerId), cancel))
            yield return Rows.ReadStored<Invoice>(row);
    }

    public async Task<IReadOnlyList<Told>> ReadToldAsync(InvoiceId id, CancellationToken cancel)
    {
        List<Told> told = [];
        await foreach (var row in RangeAsync(id.Customer, Keys.Events(id), cancel))
            told.Add(new Told(row.RowKey, Rows.ReadStored<InvoiceEvent>(row)));
        return told;
    }

    /// <summary>Decisions, messages handed to providers and replies, up to an instant.</summary>
    public async Task<IReadOnlyList<string>> FindWordsAsync(string customerId, DateTimeOffset until, CancellationToken cancel)
    {
        List<string> keys = [];
        foreach (var prefix in Keys.WordsOf(customerId))
        {
            await foreach (var row in RangeAsync(customerId, prefix, cancel))
            {
                if (Rows.Read<Dated>(row).At <= until)
                    keys.Add(row.RowKey);
            }
        }
        return keys;
    }

    private sealed record Dated(DateTimeOffset At);
}
