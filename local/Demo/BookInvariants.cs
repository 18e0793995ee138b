using Azure.Data.Tables;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Local.Demo;

/// <summary>
/// Checks the invariants of the receivables table: each invoice with a next step has exactly one agenda row, each
/// notice one row in the index of the outbox, each closed invoice one row in the index of closed invoices, and there
/// are no other index rows; what is paid, written off and charged is the sum of the ledger; no invoice is stored both
/// as open and as closed; the events of each invoice are an unbroken chain.
/// </summary>
public static class BookInvariants
{
    /// <returns>The violations, one sentence each; empty if there are none.</returns>
    public static async Task<IReadOnlyList<string>> FindFlawsAsync(TableClient table)
    {
        var rows = new Dictionary<(string Shard, string Key), TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>())
            rows[(row.PartitionKey, row.RowKey)] = row;

        List<string> flaws = [];
        HashSet<(string, string)> referenced = [];
        foreach (var ((shard, key), row) in rows)
        {
            if (
                key.StartsWith("l_", StringComparison.Ordinal) && key.Contains("_i_", StringComparison.Ordinal)
                || key.StartsWith("z_", StringComparison.Ordinal)
            )
                flaws.AddRange(Check(Rows.Read<Invoice>(row), shard, key, rows, referenced));
            else if (key.StartsWith("l_", StringComparison.Ordinal) && key.Contains("_o_", StringComparison.Ordinal))
            {
                var notice = Rows.Read<Notice>(row);
                CheckIndexRow(Keys.Outbox(notice), $"notice {key}", shard, rows, referenced, flaws);
                if (notice.FollowUpKey is { } listed)
                    CheckIndexRow(listed, $"notice {key}", shard, rows, referenced, flaws);
            }
            else if (key.StartsWith(Keys.OpenPrefix, StringComparison.Ordinal))
            {
                var customer = Rows.Read<Customer>(row);
                foreach (var listed in customer.FollowUpKeys)
                    CheckIndexRow(listed, $"customer {key}", shard, rows, referenced, flaws);
                flaws.AddRange(
                    customer
                        .OpenReplies.Where(open => customer.Merge is null && !IsOpen(open, customer, shard, rows))
                        .Select(open => $"customer {key} waits for an answer to {open.Id}, which needs none")
                );
            }
            else if (
                key.StartsWith(Keys.ReplyPrefix, StringComparison.Ordinal)
                && Keys.FollowUp(Rows.Read<Reply>(row)) is { } listed
            )
                CheckIndexRow(listed, $"reply {key}", shard, rows, referenced, flaws);
        }
        flaws.AddRange(
            rows.Keys.Where(k => k.Key[..2] is "a_" or "u_" or "o_" or "q_" or "y_" or "w_" && !referenced.Contains(k))
                .Select(k => $"index row {k.Key} is not referenced by any invoice or notice")
        );
        flaws.AddRange(BrokenChains(rows));
        return flaws;
    }

    private static IEnumerable<string> BrokenChains(Dictionary<(string Shard, string Key), TableEntity> rows)
    {
        var events = rows.Where(row => Keys.ChainHeadOfEvent(row.Key.Key) is not null)
            .ToLookup(row => (row.Key.Shard, Keys.ChainHeadOfEvent(row.Key.Key)!), row => row.Value);
        var heads = rows.Keys.Where(key => key.Key.StartsWith("c_", StringComparison.Ordinal));
        foreach (var key in heads.Union(events.Select(chain => chain.Key)))
        {
            var head = rows.TryGetValue(key, out var row) ? Rows.Read<ChainHead>(row) : null;
            List<ChainedEvent> stored = [.. events[key].Select(e => new ChainedEvent(e.RowKey, Rows.JsonOf(e)))];
            foreach (var problem in EventChain.Check(head, stored).Problems)
                yield return $"chain {key.Item2}: {problem.Code}, event {problem.Number} {problem.Key}";
        }
    }

    private static bool IsOpen(
        OpenReply open,
        Customer customer,
        string shard,
        Dictionary<(string, string), TableEntity> rows
    ) => rows.TryGetValue((shard, Keys.Reply(customer.Id, open.Id)), out var row) && Rows.Read<Reply>(row).IsOpen;

    private static IEnumerable<string> Check(
        Invoice invoice,
        string shard,
        string key,
        Dictionary<(string, string), TableEntity> rows,
        HashSet<(string, string)> referenced
    )
    {
        List<string> flaws = [];
        if (invoice.AgendaKey is { } agenda)
            CheckIndexRow(agenda, $"invoice {key}", shard, rows, referenced, flaws);
        if (invoice.RetentionKey is { } retention)
            CheckIndexRow(retention, $"closed invoice {key}", shard, rows, referenced, flaws);
        foreach (var listed in invoice.FollowUpKeys)
            CheckIndexRow(listed, $"invoice {key}", shard, rows, referenced, flaws);
        var waiting = invoice.WaitingFollowUps.Select(followUp => Keys.FollowUp(followUp, invoice.Id));
        if (!waiting.ToHashSet().SetEquals(invoice.FollowUpKeys))
            flaws.Add($"invoice {key} does not list what waits for a person");
        if (invoice.Closed is not null != key.StartsWith("z_", StringComparison.Ordinal))
            flaws.Add($"invoice {key} has the row key of the other state");
        if (invoice is { Closed: not null, Dunning.Next: not null })
            flaws.Add($"closed invoice {key} has a next step");
        var other = invoice.Closed is null ? Keys.Closed(invoice.Id) : Keys.Invoice(invoice.Id);
        if (rows.ContainsKey((shard, other)))
            flaws.Add($"invoice {invoice.Id} is stored both as open and as closed");
        LedgerEntry[] ledger =
        [
            .. rows.Where(r => r.Key.Item2.StartsWith(Keys.Ledger(invoice.Id), StringComparison.Ordinal))
                .Select(r => Rows.Read<LedgerEntry>(r.Value)),
        ];
        var paid = Balance.Paid(ledger, invoice.Document.AmountDue.Currency);
        if (paid != invoice.Payments.Paid)
            flaws.Add($"invoice {invoice.Id} has {invoice.Payments.Paid} paid, but its ledger has {paid}");
        var writtenOff = Balance.WrittenOff(ledger, invoice.Document.AmountDue.Currency);
        if (writtenOff != invoice.WrittenOff)
            flaws.Add($"invoice {invoice.Id} has {invoice.WrittenOff} written off, but its ledger has {writtenOff}");
        var charged = Balance.Charged(ledger, invoice.Document.AmountDue.Currency);
        if (charged != invoice.Charged)
            flaws.Add($"invoice {invoice.Id} has {invoice.Charged} charged, but its ledger has {charged}");
        return flaws;
    }

    private static void CheckIndexRow(
        string index,
        string owner,
        string shard,
        Dictionary<(string, string), TableEntity> rows,
        HashSet<(string, string)> referenced,
        List<string> flaws
    )
    {
        if (!rows.ContainsKey((shard, index)))
            flaws.Add($"{owner} refers to {index}, which does not exist");
        if (!referenced.Add((shard, index)))
            flaws.Add($"{index} is referenced twice");
    }
}
