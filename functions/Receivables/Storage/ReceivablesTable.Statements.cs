using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>Queries that only statements of account use.</summary>
public sealed partial class ReceivablesTable
{
    /// <summary>The customers of one shard in the order of their ids, beginning after one of them.</summary>
    public async IAsyncEnumerable<CustomerId> FindCustomersAsync(
        string shard,
        CustomerId? after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var from = after is { } last ? Keys.EndOf(Keys.Customer(last)) : Keys.OpenPrefix;
        var end = Keys.EndOf(Keys.OpenPrefix);
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {end}"),
                select: ["RowKey"],
                cancellationToken: cancellationToken
            )
        )
        {
            if (Keys.CustomerOf(row.RowKey) is { } customerId)
                yield return customerId;
        }
    }

    /// <summary>All invoices of a customer and their ledger.</summary>
    /// <param name="open">
    /// Read before: a later change of one of them fails a commit by its ETag.
    /// </param>
    public async Task<AccountHistory> ReadHistoryAsync(
        CustomerId customerId,
        IEnumerable<Versioned<Invoice>> open,
        CancellationToken cancellationToken
    )
    {
        var invoices = open.ToDictionary(invoice => invoice.Value.Id, invoice => invoice.Value);
        await foreach (var closed in ReadClosedAsync(customerId, cancellationToken))
            invoices[closed.Value.Id] = closed.Value;
        List<LedgerEntry> entries = [];
        await foreach (var row in RangeAsync(customerId, Keys.LedgerOf(customerId), cancellationToken))
            entries.Add(Rows.Read<LedgerEntry>(row));
        // An invoice that was reopened between the reads is in neither.
        foreach (var missing in entries.Select(entry => new InvoiceId(customerId, entry.InvoiceId)).Distinct())
        {
            if (!invoices.ContainsKey(missing) && await ReadUnmovedAsync(missing, cancellationToken) is { } invoice)
                invoices[missing] = invoice.Value;
        }
        return new AccountHistory([.. invoices.Values], entries);
    }
}
