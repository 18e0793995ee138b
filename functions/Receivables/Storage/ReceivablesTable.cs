using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>The table <c>dunning</c>: one partition per shard of customers, one transaction per change.</summary>
/// <param name="onWritten">Hears of every move that was written.</param>
/// <param name="onBeat">Hears of every heartbeat.</param>
public sealed partial class ReceivablesTable(
    TableClient table,
    Shards shards,
    Action<CustomerTransaction>? onWritten = null,
    Action<JobHeartbeat>? onBeat = null
)
{
    public Shards Shards => shards;
    public Heartbeats Heartbeats { get; } = new(table, onBeat);

    /// <summary>The live rows of one customer in one range read; null when the customer is unknown.</summary>
    public async Task<CustomerAccount?> ReadAsync(string customerId, CancellationToken cancellationToken)
    {
        if (!Ids.IsCustomer(customerId))
            return null;
        Versioned<Customer>? customer = null;
        List<Versioned<Invoice>> invoices = [];
        List<Versioned<Notice>> notices = [];
        var key = Keys.Customer(customerId);
        await foreach (var row in RangeAsync(customerId, key, cancellationToken))
        {
            if (row.RowKey == key)
                customer = Rows.ReadStored<Customer>(row);
            else if (row.RowKey.StartsWith(key + "_i_", StringComparison.Ordinal))
                invoices.Add(Rows.ReadStored<Invoice>(row));
            else
                notices.Add(Rows.ReadStored<Notice>(row));
        }
        return customer is null ? null : new CustomerAccount(customer, invoices, notices);
    }

    /// <summary>Every live invoice of one shard: reads all live rows, so only for a person who asks.</summary>
    public async IAsyncEnumerable<Invoice> FindOpenInvoicesAsync(
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (from, to) = (Keys.OpenPrefix, Keys.EndOf(Keys.OpenPrefix));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.RowKey.Contains("_i_", StringComparison.Ordinal))
                yield return Rows.Read<Invoice>(row);
        }
    }

    /// <summary>A settled, void or written-off invoice.</summary>
    public Task<Versioned<Invoice>?> ReadClosedAsync(InvoiceId id, CancellationToken cancellationToken) =>
        GetAsync<Invoice>(id.Customer, Keys.Closed(id), cancellationToken);

    /// <summary>An invoice wherever it lies: live or closed.</summary>
    public async Task<Versioned<Invoice>?> ReadInvoiceAsync(InvoiceId id, CancellationToken cancellationToken) =>
        await GetAsync<Invoice>(id.Customer, Keys.Invoice(id), cancellationToken)
        ?? await ReadClosedAsync(id, cancellationToken)
        // It may have been reopened between the two.
        ?? await GetAsync<Invoice>(id.Customer, Keys.Invoice(id), cancellationToken);

    /// <summary>What was handed to a provider for a notice's plan: the ids of all its notices begin alike.</summary>
    public async Task<IReadOnlyList<Versioned<SentMessage>>> ReadSentMessagesAsync(
        string customerId,
        string noticeId,
        CancellationToken cancellationToken
    )
    {
        List<Versioned<SentMessage>> all = [];
        await foreach (
            var row in RangeAsync(customerId, Keys.SentMessage(customerId, noticeId.Split('-')[0]), cancellationToken)
        )
            all.Add(Rows.ReadStored<SentMessage>(row));
        return all;
    }

    public async Task<bool> HasReplyAsync(string customerId, string messageSid, CancellationToken cancellationToken) =>
        await GetAsync<Reply>(customerId, Keys.Reply(customerId, messageSid), cancellationToken) is not null;

    /// <summary>What the customers of one shard wrote back.</summary>
    public async Task<IReadOnlyList<Reply>> FindRepliesAsync(string shard, CancellationToken cancellationToken)
    {
        List<Reply> replies = [];
        var (from, to) = (Keys.ReplyPrefix, Keys.EndOf(Keys.ReplyPrefix));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            replies.Add(Rows.Read<Reply>(row));
        return replies;
    }

    public async Task<IReadOnlyList<Versioned<LedgerEntry>>> ReadLedgerAsync(
        InvoiceId id,
        CancellationToken cancellationToken
    )
    {
        List<Versioned<LedgerEntry>> entries = [];
        await foreach (var row in RangeAsync(id.Customer, Keys.Ledger(id), cancellationToken))
            entries.Add(Rows.ReadStored<LedgerEntry>(row));
        return entries;
    }

    public async Task<OperatorDecision?> ReadDecisionAsync(
        string customerId,
        string about,
        CancellationToken cancellationToken
    ) => (await GetAsync<OperatorDecision>(customerId, Keys.Decision(customerId, about), cancellationToken))?.Value;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<InvoiceEvent>> ReadEventsAsync(InvoiceId id, CancellationToken cancellationToken)
    {
        List<InvoiceEvent> events = [];
        await foreach (var row in RangeAsync(id.Customer, Keys.Events(id), cancellationToken))
            events.Add(Rows.Read<InvoiceEvent>(row));
        return events;
    }

    /// <summary>
    /// The customers of one shard with a step due by the end of <paramref name="now"/>'s hour, longest overdue first.
    /// Reads only due rows, whatever the size of the receivables table, and after any outage the same query catches up.
    /// </summary>
    public async IAsyncEnumerable<string> FindDueCustomersAsync(
        string shard,
        bool upcoming,
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        HashSet<string> seen = [];
        await foreach (
            var (customerId, _) in IndexAsync(
                shard,
                Keys.AgendaPrefix(upcoming),
                Keys.AgendaEnd(upcoming, now),
                cancellationToken
            )
        )
        {
            if (seen.Add(customerId))
                yield return customerId;
        }
    }

    /// <summary>The notices of one shard that should have become an event by now and have not.</summary>
    public IAsyncEnumerable<(string CustomerId, string NoticeId)> FindUnsentAsync(
        string shard,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => IndexAsync(shard, Keys.OutboxPrefix, Keys.OutboxEnd(now), cancellationToken);

    /// <summary>
    /// Writes a transaction as a whole. False, and nothing written, when a row it names has changed since it was read:
    /// read again, decide again.
    /// </summary>
    public async Task<bool> TryCommitAsync(CustomerTransaction transaction, CancellationToken cancellationToken)
    {
        if (transaction.Rows.Count > CustomerTransaction.MaxRows)
            throw new InvalidOperationException(
                $"A move of {transaction.Rows.Count} rows does not fit one transaction of "
                    + $"{CustomerTransaction.MaxRows}."
            );
        var shard = shards.Of(transaction.CustomerId);
        try
        {
            await table.SubmitTransactionAsync(transaction.Rows.Select(row => Action(shard, row)), cancellationToken);
            onWritten?.Invoke(transaction);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async IAsyncEnumerable<(string CustomerId, string Names)> IndexAsync(
        string shard,
        string from,
        string to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}");
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                filter,
                select: ["PartitionKey", "RowKey"],
                cancellationToken: cancellationToken
            )
        )
            yield return Keys.FromIndex(row.RowKey);
    }

    private static TableTransactionAction Action(string shard, RowChange row) =>
        row switch
        {
            { Value: null } => new(
                TableTransactionActionType.Delete,
                new TableEntity(shard, row.Key),
                row.Version ?? ETag.All
            ),
            { Version: null } => new(TableTransactionActionType.Add, Rows.Write(shard, row.Key, row.Value)),
            _ => new(
                TableTransactionActionType.UpdateReplace,
                Rows.Write(shard, row.Key, row.Value),
                row.Version.Value
            ),
        };

    private async Task<Versioned<T>?> GetAsync<T>(string customerId, string key, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            shards.Of(customerId),
            key,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Rows.ReadStored<T>(row.Value!) : null;
    }

    private AsyncPageable<TableEntity> RangeAsync(
        string customerId,
        string prefix,
        CancellationToken cancellationToken
    ) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {shards.Of(customerId)} and RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}"
            ),
            cancellationToken: cancellationToken
        );
}
