using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>One row per feed in the partition <c>config</c>, written once a day.</summary>
public sealed class PaymentFeedRows(TableClient table)
{
    private const string Prefix = "feed-";
    private const int MaxAttempts = 10;

    /// <summary>The day that this instance has last written of each feed.</summary>
    private readonly ConcurrentDictionary<string, DateOnly> _written = new();

    /// <summary>Something came from the feed. Further calls on the same day cost nothing.</summary>
    public async Task RecordAsync(string id, string provider, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = PaymentFeed.DayOf(now);
        if (_written.GetValueOrDefault(id) == day)
            return;
        await ChangeAsync(id, feed => (feed ?? new PaymentFeed(id, provider)).HeardOn(day), cancellationToken);
        _written[id] = day;
    }

    /// <returns>Null when nothing has ever come from such a feed.</returns>
    public Task<PaymentFeed?> ConfirmAsync(
        string id,
        FeedConfirmation confirmation,
        CancellationToken cancellationToken
    ) => ChangeAsync(id, feed => feed is null ? null : feed with { Confirmed = confirmation }, cancellationToken);

    public async Task<IReadOnlyList<PaymentFeed>> ReadAsync(CancellationToken cancellationToken)
    {
        List<PaymentFeed> feeds = [];
        var filter = Keys.FilterOf(Keys.ConfigPartition, Prefix);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            feeds.Add(Rows.Read<PaymentFeed>(row));
        return feeds;
    }

    private async Task<PaymentFeed?> ChangeAsync(
        string id,
        Func<PaymentFeed?, PaymentFeed?> change,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                Keys.ConfigPartition,
                Prefix + id,
                cancellationToken: cancellationToken
            );
            var before = found.HasValue ? Rows.ReadVersioned<PaymentFeed>(found.Value!) : null;
            var after = change(before?.Value);
            if (after is null || after == before?.Value)
                return after;
            try
            {
                var row = Rows.Write(Keys.ConfigPartition, Prefix + id, after);
                if (before is null)
                    await table.AddEntityAsync(row, cancellationToken);
                else
                    await table.UpdateEntityAsync(row, before.Version, TableUpdateMode.Replace, cancellationToken);
                return after;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 409 or 412)
            {
                // Another change, or our own whose response was lost: read again, decide again.
            }
        }
        throw new InvalidOperationException("Other requests kept changing the feed. Try again.");
    }
}
