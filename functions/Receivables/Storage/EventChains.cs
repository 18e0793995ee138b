using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>Continues the chains of the invoices to which a transaction adds events.</summary>
internal sealed class EventChains(TableClient table, string shard)
{
    /// <summary>The key of the last link that a new event changes; null for any other row.</summary>
    public static string? HeadKeyOf(RowChange row) =>
        row is { Version: null, Value: InvoiceEvent { Chain: null } } ? Keys.ChainHeadOfEvent(row.Key) : null;

    /// <summary>The last links of the chains that the rows continue; none for a chain that begins.</summary>
    public async Task<IReadOnlyDictionary<string, Versioned<ChainHead>>> ReadHeadsAsync(
        IEnumerable<RowChange> rows,
        CancellationToken cancellationToken
    )
    {
        var keys = rows.Select(HeadKeyOf).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        Dictionary<string, Versioned<ChainHead>> heads = [];
        if (keys is [var only])
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                shard,
                only,
                cancellationToken: cancellationToken
            );
            if (row.HasValue)
                heads[only] = Rows.ReadVersioned<ChainHead>(row.Value!);
            return heads;
        }
        if (keys is not [var first, .., var last])
            return heads;
        var range = TableClient.CreateQueryFilter(
            $"PartitionKey eq {shard} and RowKey ge {first} and RowKey le {last}"
        );
        await foreach (var row in table.QueryAsync<TableEntity>(range, cancellationToken: cancellationToken))
        {
            if (keys.Contains(row.RowKey))
                heads[row.RowKey] = Rows.ReadVersioned<ChainHead>(row);
        }
        return heads;
    }

    /// <summary>The rows with the links of the new events, and the new last links.</summary>
    public static IReadOnlyList<RowChange> Append(
        IReadOnlyList<RowChange> rows,
        IReadOnlyDictionary<string, Versioned<ChainHead>> heads
    )
    {
        Dictionary<string, ChainHead> current = heads.ToDictionary(head => head.Key, head => head.Value.Value);
        List<RowChange> linked = [];
        HashSet<string> continued = [];
        foreach (var row in rows)
        {
            if (HeadKeyOf(row) is not { } headKey)
            {
                linked.Add(row);
                continue;
            }
            var added = (InvoiceEvent)row.Value!;
            var link = EventChain.Append(current.GetValueOrDefault(headKey), row.Key, Rows.Serialise(added));
            current[headKey] = new ChainHead(link.Number, link.Link);
            continued.Add(headKey);
            linked.Add(row with { Value = added with { Chain = link } });
        }
        linked.AddRange(
            continued.Select(key => new RowChange(key, current[key], heads.GetValueOrDefault(key)?.Version))
        );
        return linked;
    }
}
