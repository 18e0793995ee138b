using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>Queries that only the list of follow-ups uses.</summary>
public sealed partial class ReceivablesTable
{
    /// <summary>
    /// The keys of all that waits for a person in one shard, in the order of the list: one range read, whatever the
    /// number of invoices.
    /// </summary>
    public async IAsyncEnumerable<string> FindFollowUpKeysAsync(
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (from, to) = (Keys.FollowUpPrefix, Keys.EndOf(Keys.FollowUpPrefix));
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}"),
                select: ["RowKey"],
                cancellationToken: cancellationToken
            )
        )
            yield return row.RowKey;
    }

    /// <param name="escapedId">The reply's id as it stands in the row key.</param>
    public Task<Versioned<Reply>?> ReadReplyAsync(
        CustomerId customerId,
        string escapedId,
        CancellationToken cancellationToken
    ) => GetAsync<Reply>(customerId, Keys.Reply(customerId, "") + escapedId, cancellationToken);

    /// <returns>The reply that a message answers; null for any other message.</returns>
    public async Task<Versioned<Reply>?> ReadAnsweredAsync(Notice notice, CancellationToken cancellationToken) =>
        notice.Answer is { ReplyId: var reply }
            ? await ReadReplyAsync(notice.CustomerId, Keys.Escape(reply), cancellationToken)
            : null;

    /// <summary>All that a customer answered.</summary>
    public async Task<IReadOnlyList<Versioned<Reply>>> ReadRepliesAsync(
        CustomerId customerId,
        CancellationToken cancellationToken
    )
    {
        List<Versioned<Reply>> replies = [];
        await foreach (var row in RangeAsync(customerId, Keys.Reply(customerId, ""), cancellationToken))
            replies.Add(Rows.ReadVersioned<Reply>(row));
        return replies;
    }
}
