using System.Runtime.CompilerServices;

namespace Dunning.Receivables.Storage;

/// <summary>
/// Queries that only erasure and retention use.
/// </summary>
public sealed partial class ReceivablesTable
{
    /// <summary>The invoices of one shard that were closed before the hour of an instant, oldest first.</summary>
    /// <param name="erased">True for those without personal data, false for those that still have them.</param>
    public async IAsyncEnumerable<InvoiceId> FindClosedBeforeAsync(
        string shard,
        bool erased,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var (customer, invoice) in IndexAsync(
                shard,
                Keys.RetentionPrefix(erased),
                Keys.RetentionEnd(erased, before),
                cancellationToken
            )
        )
            yield return new InvoiceId(customer, invoice);
    }

    public async IAsyncEnumerable<Versioned<ErasureRequest>> FindErasureRequestsAsync(
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in RangeAsync(shard, Keys.ErasureRequestPrefix, cancellationToken))
            yield return Rows.ReadVersioned<ErasureRequest>(row);
    }

    public Task<Versioned<ErasureRequest>?> ReadErasureRequestAsync(
        CustomerId customerId,
        CancellationToken cancellationToken
    ) => GetAsync<ErasureRequest>(customerId, Keys.ErasureRequest(customerId), cancellationToken);

    public async IAsyncEnumerable<Versioned<Invoice>> ReadClosedAsync(
        CustomerId customerId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in RangeAsync(customerId, Keys.ClosedOf(customerId), cancellationToken))
            yield return Rows.ReadVersioned<Invoice>(row);
    }

    public async Task<IReadOnlyList<StoredEvent>> ReadStoredEventsAsync(
        InvoiceId id,
        CancellationToken cancellationToken
    )
    {
        List<StoredEvent> events = [];
        await foreach (var row in RangeAsync(id.Customer, Keys.Events(id), cancellationToken))
            events.Add(new StoredEvent(row.RowKey, Rows.ReadVersioned<InvoiceEvent>(row)));
        return events;
    }

    public Task<Versioned<ChainHead>?> ReadChainHeadAsync(InvoiceId id, CancellationToken cancellationToken) =>
        GetAsync<ChainHead>(id.Customer, Keys.ChainHead(id), cancellationToken);

    /// <summary>The events as they are stored, to be checked.</summary>
    internal async Task<IReadOnlyList<ChainedEvent>> ReadChainedEventsAsync(
        InvoiceId id,
        CancellationToken cancellationToken
    )
    {
        List<ChainedEvent> events = [];
        await foreach (var row in RangeAsync(id.Customer, Keys.Events(id), cancellationToken))
            events.Add(new ChainedEvent(row.RowKey, Rows.JsonOf(row)));
        return events;
    }

    /// <summary>A customer's operator decisions, sent messages and replies up to an instant.</summary>
    public async Task<PersonalMessages> FindPersonalMessagesAsync(
        CustomerId customerId,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        var (keys, replies) = (new List<string>(), new List<string>());
        foreach (var prefix in Keys.PersonalMessagesOf(customerId))
        {
            await foreach (var row in RangeAsync(customerId, prefix, cancellationToken))
            {
                if (Rows.Read<Dated>(row).At > until)
                    continue;
                keys.Add(row.RowKey);
                if (!prefix.StartsWith(Keys.ReplyPrefix, StringComparison.Ordinal))
                    continue;
                var reply = Rows.Read<Reply>(row);
                keys.AddRange(Keys.FollowUp(reply) is { } listed ? [listed] : []);
                if (reply.HasFiles)
                    replies.Add(reply.Id);
            }
        }
        return new PersonalMessages(keys, replies);
    }

    private sealed record Dated(DateTimeOffset At);
}

/// <param name="Keys">Of all their rows, index rows included.</param>
/// <param name="ReplyIds">Of the replies that have files.</param>
public sealed record PersonalMessages(IReadOnlyList<string> Keys, IReadOnlyList<string> ReplyIds);
