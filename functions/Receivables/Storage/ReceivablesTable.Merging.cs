using System.Runtime.CompilerServices;

namespace Dunning.Receivables.Storage;

/// <summary>Queries that only the merging of customers uses.</summary>
public sealed partial class ReceivablesTable
{
    /// <summary>The customers of one shard that are being merged into another one.</summary>
    public async IAsyncEnumerable<CustomerId> FindMergingAsync(
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in RangeAsync(shard, Keys.MergePrefix, cancellationToken))
            yield return new(row.RowKey[Keys.MergePrefix.Length..]);
    }

    /// <summary>Whether another customer is being merged into this one.</summary>
    public async Task<bool> IsTargetOfMergeAsync(Customer customer, CancellationToken cancellationToken)
    {
        foreach (var id in customer.MergedFrom)
        {
            if (
                await ReadUnmergedAsync(id, cancellationToken) is { Customer.Value.Merge: { IsDone: false } merge }
                && merge.Into == customer.Id
            )
                return true;
        }
        return false;
    }

    /// <summary>The customer's sent messages, replies and operator decisions, each by its row key.</summary>
    public async Task<MessageRows> ReadMessagesAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        Dictionary<string, Versioned<SentMessage>> sent = [];
        await foreach (var row in RangeAsync(customerId, Keys.SentMessagesOf(customerId), cancellationToken))
            sent[row.RowKey] = Rows.ReadVersioned<SentMessage>(row);
        Dictionary<string, Reply> replies = [];
        await foreach (var row in RangeAsync(customerId, Keys.Reply(customerId, ""), cancellationToken))
            replies[row.RowKey] = Rows.Read<Reply>(row);
        Dictionary<string, OperatorDecision> decisions = [];
        await foreach (var row in RangeAsync(customerId, Keys.DecisionsOf(customerId), cancellationToken))
            decisions[row.RowKey] = Rows.Read<OperatorDecision>(row);
        return new MessageRows(sent, replies, decisions);
    }
}

/// <summary>What was exchanged with a customer, by row key.</summary>
public sealed record MessageRows(
    IReadOnlyDictionary<string, Versioned<SentMessage>> Sent,
    IReadOnlyDictionary<string, Reply> Replies,
    IReadOnlyDictionary<string, OperatorDecision> Decisions
);
