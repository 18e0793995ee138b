using Azure.Data.Tables;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Local.Demo;

/// <summary>
/// The invariants of the receivables table, checked row by row: an open invoice with a step to come has exactly one
/// agenda row and names it; an agenda row names an open invoice that names it; a notice has exactly one outbox index
/// row, and a closed invoice one of retention; what is paid is the sum of the ledger; nothing lies both live and
/// closed.
/// </summary>
public static class BookInvariants
{
    /// <returns>Every flaw as a sentence; empty when all is well.</returns>
    public static async Task<IReadOnlyList<string>> FindFlawsAsync(TableClient table)
    {
        var rows = new Dictionary<(string Shard, string Key), TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>())
            rows[(row.PartitionKey, row.RowKey)] = row;

        List<string> flaws = [];
        HashSet<(string, string)> named = [];
        foreach (var ((shard, key), row) in rows)
        {
            if (
                key.StartsWith("l_", StringComparison.Ordinal) && key.Contains("_i_", StringComparison.Ordinal)
                || key.StartsWith("z_", StringComparison.Ordinal)
            )
                flaws.AddRange(Check(Rows.Read<Invoice>(row), shard, key, rows, named));
            else if (key.StartsWith("l_", StringComparison.Ordinal) && key.Contains("_o_", StringComparison.Ordinal))
                Name(Keys.Outbox(Rows.Read<Notice>(row)), $"notice {key}", shard, rows, named, flaws);
        }
        flaws.AddRange(
            rows.Keys.Where(k => k.Key[..2] is "a_" or "u_" or "o_" or "q_" or "y_" && !named.Contains(k))
                .Select(k => $"index row {k.Key} is named by nobody")
        );
        return flaws;
    }

    private static IEnumerable<string> Check(
        Invoice invoice,
        string shard,
        string key,
        Dictionary<(string, string), TableEntity> rows,
        HashSet<(string, string)> named
    )
    {
        List<string> flaws = [];
        if (invoice.AgendaKey is { } agenda)
            Name(agenda, $"invoice {key}", shard, rows, named, flaws);
        if (invoice.RetentionKey is { } retention)
            Name(retention, $"closed invoice {key}", shard, rows, named, flaws);
        if (invoice.Closed is not null != key.StartsWith("z_", StringComparison.Ordinal))
            flaws.Add($"invoice {key} lies in the wrong place");
        if (invoice is { Closed: not null, Next: not null })
            flaws.Add($"closed invoice {key} has a step to come");
        var other = invoice.Closed is null ? Keys.Closed(invoice.Id) : Keys.Invoice(invoice.Id);
        if (rows.ContainsKey((shard, other)))
            flaws.Add($"invoice {invoice.Id} lies both live and closed");
        var ledger = rows.Where(r => r.Key.Item2.StartsWith(Keys.Ledger(invoice.Id), StringComparison.Ordinal))
            .Select(r => Rows.Read<LedgerEntry>(r.Value));
        var paid = Balance.Paid([.. ledger], invoice.AmountDue.Currency);
        if (paid != invoice.Paid)
            flaws.Add($"invoice {invoice.Id} says {invoice.Paid} is paid, its ledger says {paid}");
        return flaws;
    }

    private static void Name(
        string index,
        string who,
        string shard,
        Dictionary<(string, string), TableEntity> rows,
        HashSet<(string, string)> named,
        List<string> flaws
    )
    {
        if (!rows.ContainsKey((shard, index)))
            flaws.Add($"{who} names {index}, which is not there");
        if (!named.Add((shard, index)))
            flaws.Add($"{index} is named twice");
    }
}
