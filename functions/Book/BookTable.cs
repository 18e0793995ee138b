using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Dunning.Book;

/// <summary>The book: one table, one partition a shard of customers, one transaction a move.</summary>
/// <param name="onWritten">Hears of every move that was written.</param>
/// <param name="onBeat">Hears of every heartbeat.</param>
public sealed partial class BookTable(TableClient table, Shards shards, Action<Move>? onWritten = null, Action<Heartbeat>? onBeat = null)
{
    public Shards Shards => shards;
    public Heartbeats Heartbeats { get; } = new(table, onBeat);

    /// <summary>The live rows of one customer in one range read; null when the customer is unknown.</summary>
    public async Task<CustomerBook?> ReadAsync(string customerId, CancellationToken cancel)
    {
        if (!Ids.IsCustomer(customerId))
            return null;
        Stored<Customer>? customer = null;
        List<Stored<Invoice>> invoices = [];
        List<Stored<Notice>> notices = [];
        var key = Keys.Customer(customerId);
        await foreach (var row in RangeAsync(customerId, key, cancel))
        {
            if (row.RowKey == key)
                customer = Rows.ReadStored<Customer>(row);
            else if (row.RowKey.StartsWith(key + "_i_", StringComparison.Ordinal))
                invoices.Add(Rows.ReadStored<Invoice>(row));
            else
                notices.Add(Rows.ReadStored<Notice>(row));
        }
        return customer is null ? null : new CustomerBook(customer, invoices, notices);
    }

    /// <summary>Every live invoice of one shard: reads all live rows, so only for a person who asks.</summary>
    public async IAsyncEnumerable<Invoice> FindLiveInvoicesAsync(string shard, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (from, to) = (Keys.LivePrefix, Keys.EndOf(Keys.LivePrefix));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
        {
            if (row.RowKey.Contains("_i_", StringComparison.Ordinal))
                yield return Rows.Read<Invoice>(row);
        }
    }

    /// <summary>A settled, void or written-off invoice.</summary>
    public Task<Stored<Invoice>?> ReadClosedAsync(InvoiceId id, CancellationToken cancel) => GetAsync<Invoice>(id.Customer, Keys.Closed(id), cancel);

    /// <summary>An invoice wherever it lies: live or closed.</summary>
    public async Task<Stored<Invoice>?> ReadInvoiceAsync(InvoiceId id, CancellationToken cancel) =>
        await GetAsync<Invoice>(id.Customer, Keys.Invoice(id), cancel)
        ?? await ReadClosedAsync(id, cancel)
        // It may have been reopened between the two.
        ?? await GetAsync<Invoice>(id.Customer, Keys.Invoice(id), cancel);

    /// <summary>What was handed to a provider for a notice's plan: the ids of all its notices begin alike.</summary>
    public async Task<IReadOnlyList<Stored<Handover>>> ReadHandoversAsync(string customerId, string noticeId, CancellationToken cancel)
    {
        List<Stored<Handover>> all = [];
        await foreach (var row in RangeAsync(customerId, Keys.Handover(customerId, noticeId.Split('-')[0]), cancel))
            all.Add(Rows.ReadStored<Handover>(row));
        return all;
    }

    public async Task<bool> HasReplyAsync(string customerId, string messageSid, CancellationToken cancel) =>
        await GetAsync<Reply>(customerId, Keys.Reply(customerId, messageSid), cancel) is not null;

    /// <summary>What the customers of one shard wrote back.</summary>
    public async Task<IReadOnlyList<Reply>> FindRepliesAsync(string shard, CancellationToken cancel)
    {
        List<Reply> replies = [];
        var (from, to) = (Keys.ReplyPrefix, Keys.EndOf(Keys.ReplyPrefix));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            replies.Add(Rows.Read<Reply>(row));
        return replies;
    }

    public async Task<IReadOnlyList<Stored<LedgerEntry>>> ReadLedgerAsync(InvoiceId id, CancellationToken cancel)
    {
        List<Stored<LedgerEntry>> entries = [];
        await foreach (var row in RangeAsync(id.Customer, Keys.Ledger(id), cancel))
            entries.Add(Rows.ReadStored<LedgerEntry>(row));
        return entries;
    }

    public async Task<Decision?> ReadDecisionAsync(string customerId, string about, CancellationToken cancel) =>
        (await GetAsync<Decision>(customerId, Keys.Decision(customerId, about), cancel))?.Value;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<InvoiceEvent>> ReadEventsAsync(InvoiceId id, CancellationToken cancel)
    {
        List<InvoiceEvent> events = [];
        await foreach (var row in RangeAsync(id.Customer, Keys.Events(id), cancel))
            events.Add(Rows.Read<InvoiceEvent>(row));
        return events;
    }

    /// <summary>
    /// The customers of one shard with a step due by the end of <paramref name="now"/>'s hour, longest overdue first. Reads only due rows,
    /// whatever the size of the book, and after any outage the same query catches up.
    /// </summary>
    public async IAsyncEnumerable<string> FindDueCustomersAsync(
        string shard, bool upcoming, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancel)
    {
        HashSet<string> seen = [];
        await foreach (var (customerId, _) in IndexAsync(shard, Keys.AgendaPrefix(upcoming), Keys.AgendaEnd(upcoming, now), cancel))
        {
            if (seen.Add(customerId))
                yield return customerId;
        }
    }

    /// <summary>The notices of one shard that should have become an event by now and have not.</summary>
    public IAsyncEnumerable<(string CustomerId, string NoticeId)> FindUnsentAsync(string shard, DateTimeOffset now, CancellationToken cancel) =>
        IndexAsync(shard, Keys.OutboxPrefix, Keys.OutboxEnd(now), cancel);

    /// <summary>Writes a move whole. False, and nothing written, when a row it names has changed since it was read: read again, decide again.</summary>
    public async Task<bool> TryCommitAsync(Move move, CancellationToken cancel)
    {
        if (move.Rows.Count > Move.MaxRows)
            throw new InvalidOperationException($"A move of {move.Rows.Count} rows does not fit one transaction of {Move.MaxRows}.");
        var shard = shards.Of(move.CustomerId);
        try
        {
            await table.SubmitTransactionAsync(move.Rows.Select(row => Action(shard, row)), cancel);
            onWritten?.Invoke(move);
            return true;
        }
        catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private async IAsyncEnumerable<(string CustomerId, string Names)> IndexAsync(
        string shard, string from, string to, [EnumeratorCancellation] CancellationToken cancel)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {to}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancel))
            yield return Keys.FromIndex(row.RowKey);
    }

    private static TableTransactionAction Action(string shard, RowChange row) => row switch
    {
        { Value: null } => new(TableTransactionActionType.Delete, new TableEntity(shard, row.Key), row.Version ?? ETag.All),
        { Version: null } => new(TableTransactionActionType.Add, Rows.Write(shard, row.Key, row.Value)),
        _ => new(TableTransactionActionType.UpdateReplace, Rows.Write(shard, row.Key, row.Value), row.Version.Value),
    };

    private async Task<Stored<T>?> GetAsync<T>(string customerId, string key, CancellationToken cancel)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(shards.Of(customerId), key, cancellationToken: cancel);
        return row.HasValue ? Rows.ReadStored<T>(row.Value!) : null;
    }

    private AsyncPageable<TableEntity> RangeAsync(string customerId, string prefix, CancellationToken cancel) =>
        table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {shards.Of(customerId)} and RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}"),
            cancellationToken: cancel);
}
