namespace Dunning.Receivables.Storage;

/// <summary>Queries that only statements of account use.</summary>
public sealed partial class ReceivablesTable
{
    /// <summary>
    /// The closed invoices and the whole ledger beside the open invoices, which are read first: a later change of one
    /// of them fails a commit by its ETag.
    /// </summary>
    public async Task<AccountHistory> ReadHistoryAsync(CustomerAccount account, CancellationToken cancellationToken)
    {
        var invoices = account.Invoices.ToDictionary(invoice => invoice.Value.Id, invoice => invoice.Value);
        await foreach (var closed in ReadClosedAsync(account.Id, cancellationToken))
            invoices[closed.Value.Id] = closed.Value;
        List<LedgerEntry> entries = [];
        await foreach (var row in RangeAsync(account.Id, Keys.LedgerOf(account.Id), cancellationToken))
            entries.Add(Rows.Read<LedgerEntry>(row));
        // An invoice that was reopened between the reads is in neither.
        foreach (var missing in entries.Select(entry => new InvoiceId(account.Id, entry.InvoiceId)).Distinct())
        {
            if (!invoices.ContainsKey(missing) && await ReadUnmovedAsync(missing, cancellationToken) is { } invoice)
                invoices[missing] = invoice.Value;
        }
        return new AccountHistory([.. invoices.Values], entries);
    }
}
