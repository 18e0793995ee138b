using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>The table <c>dunning</c>: one partition per shard of customers, one transaction per change.</summary>
/// <param name="onCommitted">Called after a transaction was committed.</param>
/// <param name="onHeartbeat">Called after a heartbeat was written.</param>
public sealed partial class ReceivablesTable(
    TableClient table,
    Shards shards,
    Action<CustomerTransaction>? onCommitted = null,
    Action<JobHeartbeat>? onHeartbeat = null
)
{
    public Shards Shards => shards;
    public Heartbeats Heartbeats { get; } = new(table, onHeartbeat);
    public SendingSwitch Sending { get; } = new(table);
    public PaymentFeedRows Feeds { get; } = new(table);
    public StatementProgress Statements { get; } = new(table);
    public InboxProgress Inbox { get; } = new(table);

    /// <summary>
    /// The open rows of one customer, in one range read; null when the customer is unknown. For a customer that was
    /// merged into another one, the rows of that one: use <see cref="CustomerAccount.Id"/>.
    /// </summary>
    public async Task<CustomerAccount?> ReadAsync(CustomerId customerId, CancellationToken cancellationToken) =>
        await ReadUnmergedAsync(customerId, cancellationToken) is { } account
            ? account.Customer.Value.Merge is { IsDone: true } merge
                ? await ReadAsync(merge.Into, cancellationToken)
                : account
            : null;

    /// <summary>Like <see cref="ReadAsync"/>, without following a merge.</summary>
    public async Task<CustomerAccount?> ReadUnmergedAsync(CustomerId customerId, CancellationToken cancellationToken)
    {
        if (!customerId.IsValid)
            return null;
        Versioned<Customer>? customer = null;
        List<Versioned<Invoice>> invoices = [];
        List<Versioned<Notice>> notices = [];
        var key = Keys.Customer(customerId);
        await foreach (var row in RangeAsync(customerId, key, cancellationToken))
        {
            if (row.RowKey == key)
                customer = Rows.ReadVersioned<Customer>(row);
            else if (row.RowKey.StartsWith(key + "_i_", StringComparison.Ordinal))
                invoices.Add(Rows.ReadVersioned<Invoice>(row));
            else
                notices.Add(Rows.ReadVersioned<Notice>(row));
        }
        return customer is null ? null : new CustomerAccount(customer, invoices, notices);
    }

    /// <summary>
    /// All customers of one shard with their open rows, in the order of their ids. Reads all open rows, so use it only
    /// for requests of people and for the hourly summary.
    /// </summary>
    /// <param name="after">Begins after this customer; null for the first.</param>
    public async IAsyncEnumerable<CustomerAccount> ReadAllAsync(
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        CustomerId? after = null
    )
    {
        var from = after is { } last ? Keys.EndOf(Keys.Customer(last) + "_") : Keys.OpenPrefix;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {shard} and RowKey ge {from} and RowKey lt {Keys.EndOf(Keys.OpenPrefix)}"
        );
        Versioned<Customer>? customer = null;
        List<Versioned<Invoice>> invoices = [];
        List<Versioned<Notice>> notices = [];
        // In the order of the keys, the rows of a customer follow one another, the customer first.
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.RowKey.Contains("_i_", StringComparison.Ordinal))
                invoices.Add(Rows.ReadVersioned<Invoice>(row));
            else if (row.RowKey.Contains("_o_", StringComparison.Ordinal))
                notices.Add(Rows.ReadVersioned<Notice>(row));
            else
            {
                if (customer is not null)
                    yield return new CustomerAccount(customer, invoices, notices);
                (customer, invoices, notices) = (Rows.ReadVersioned<Customer>(row), [], []);
            }
        }
        if (customer is not null)
            yield return new CustomerAccount(customer, invoices, notices);
    }

    /// <summary>The next customers of a job that reads the whole book.</summary>
    /// <returns>They are of one shard; and where the next ones begin, past the last shard when none is left.</returns>
    internal async Task<(IReadOnlyList<CustomerAccount> Accounts, BookPosition Next)> ReadPageAsync(
        BookPosition position,
        int count,
        CancellationToken cancellationToken
    )
    {
        List<CustomerAccount> accounts = [];
        await foreach (var account in ReadAllAsync(Shards.All[position.Shard], cancellationToken, position.After))
        {
            accounts.Add(account);
            if (accounts.Count == count)
                return (accounts, position with { After = account.Id });
        }
        return (accounts, new BookPosition(position.Shard + 1, After: null));
    }

    /// <summary>
    /// All open invoices of one shard. Reads all open rows, so use it only for requests of people, never in a job.
    /// </summary>
    public async IAsyncEnumerable<Invoice> FindOpenInvoicesAsync(
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in RangeAsync(shard, Keys.OpenPrefix, cancellationToken))
        {
            if (row.RowKey.Contains("_i_", StringComparison.Ordinal))
                yield return Rows.Read<Invoice>(row);
        }
    }

    /// <summary>
    /// All closed invoices of one shard, for the sales of the last months; read by the job that makes the summary.
    /// </summary>
    public async IAsyncEnumerable<Invoice> FindClosedInvoicesAsync(
        string shard,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in RangeAsync(shard, Keys.ClosedPrefix, cancellationToken))
            yield return Rows.Read<Invoice>(row);
    }

    /// <summary>A closed invoice.</summary>
    public Task<Versioned<Invoice>?> ReadClosedAsync(InvoiceId id, CancellationToken cancellationToken) =>
        GetAsync<Invoice>(id.Customer, Keys.Closed(id), cancellationToken);

    /// <summary>
    /// An open or closed invoice. It has another id if it has moved, because its customer was merged into another one.
    /// </summary>
    public async Task<Versioned<Invoice>?> ReadInvoiceAsync(InvoiceId id, CancellationToken cancellationToken) =>
        await ReadUnmovedAsync(id, cancellationToken)
        ?? (
            await GetAsync<Customer>(id.Customer, Keys.Customer(id.Customer), cancellationToken)
                is { Value.Merge: { } merge }
                ? await ReadInvoiceAsync(id with { Customer = merge.Into }, cancellationToken)
                : null
        );

    /// <summary>Like <see cref="ReadInvoiceAsync"/>, without following a merge.</summary>
    public async Task<Versioned<Invoice>?> ReadUnmovedAsync(InvoiceId id, CancellationToken cancellationToken) =>
        await GetAsync<Invoice>(id.Customer, Keys.Invoice(id), cancellationToken)
        ?? await ReadClosedAsync(id, cancellationToken)
        // It may have been reopened between the two reads.
        ?? await GetAsync<Invoice>(id.Customer, Keys.Invoice(id), cancellationToken);

    /// <summary>
    /// The messages sent for a plan. Read them after the open rows: a notice that is missing there was sent or decided
    /// before. Read the other way round, a notice sent in between would be in neither.
    /// </summary>
    /// <param name="plan">See <see cref="NoticeId.Plan"/>.</param>
    public async Task<IReadOnlyList<Versioned<SentMessage>>> ReadSentMessagesAsync(
        CustomerId customerId,
        string plan,
        CancellationToken cancellationToken
    )
    {
        List<Versioned<SentMessage>> all = [];
        await foreach (var row in RangeAsync(customerId, Keys.SentMessagesOf(customerId) + plan, cancellationToken))
            all.Add(Rows.ReadVersioned<SentMessage>(row));
        return all;
    }

    /// <returns>Null while the notice is not sent, and after its data were erased.</returns>
    public async Task<Versioned<SentMessage>?> ReadSentMessageAsync(
        CustomerId customerId,
        NoticeId noticeId,
        CancellationToken cancellationToken
    ) =>
        (await ReadSentMessagesAsync(customerId, noticeId.Plan, cancellationToken)).FirstOrDefault(message =>
            message.Value.Notice.Id == noticeId
        );

    public async Task<bool> HasReplyAsync(CustomerId customerId, string replyId, CancellationToken cancellationToken) =>
        await GetAsync<Reply>(customerId, Keys.Reply(customerId, replyId), cancellationToken) is not null;

    /// <summary>The replies of the customers of one shard.</summary>
    public async Task<IReadOnlyList<Reply>> FindRepliesAsync(string shard, CancellationToken cancellationToken)
    {
        List<Reply> replies = [];
        await foreach (var row in RangeAsync(shard, Keys.ReplyPrefix, cancellationToken))
            replies.Add(Rows.Read<Reply>(row));
        return replies;
    }

    /// <summary>
    /// The ledger entries of an invoice. Read the invoice first: every ledger write replaces the invoice too, so a
    /// commit by the invoice's ETag fails when an entry was written after that read.
    /// </summary>
    public async Task<IReadOnlyList<Versioned<LedgerEntry>>> ReadLedgerAsync(
        InvoiceId id,
        CancellationToken cancellationToken
    )
    {
        List<Versioned<LedgerEntry>> entries = [];
        await foreach (var row in RangeAsync(id.Customer, Keys.Ledger(id), cancellationToken))
            entries.Add(Rows.ReadVersioned<LedgerEntry>(row));
        return entries;
    }

    /// <summary>The entries of <see cref="ReadLedgerAsync"/>, to be read only.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> ReadEntriesAsync(InvoiceId id, CancellationToken cancellationToken) =>
        [.. (await ReadLedgerAsync(id, cancellationToken)).Select(entry => entry.Value)];

    /// <summary>
    /// The customer's credit notes that name no invoice. Reads all closed invoices of the customer.
    /// </summary>
    public async IAsyncEnumerable<InvoiceId> FindCreditsAsync(
        CustomerId customerId,
        bool onlyRetainers,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var closed in ReadClosedAsync(customerId, cancellationToken))
        {
            if (
                closed.Value
                    is { ErasedAt: null, Document: { Kind: InvoiceKind.CreditNote, PrecedingInvoice: null } } credit
                && (credit.Document.IsRetainer || !onlyRetainers)
            )
                yield return credit.Id;
        }
    }

    /// <summary>Read it after the open rows, as <see cref="ReadSentMessagesAsync"/>.</summary>
    public async Task<OperatorDecision?> ReadDecisionAsync(
        CustomerId customerId,
        string subject,
        CancellationToken cancellationToken
    ) => (await GetAsync<OperatorDecision>(customerId, Keys.Decision(customerId, subject), cancellationToken))?.Value;

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<InvoiceEvent>> ReadEventsAsync(InvoiceId id, CancellationToken cancellationToken) =>
        ReadEventsAsync(id.Customer, Keys.Events(id), cancellationToken);

    /// <summary>The events of all invoices of a customer, invoice by invoice.</summary>
    public Task<IReadOnlyList<InvoiceEvent>> ReadEventsAsync(
        CustomerId customerId,
        CancellationToken cancellationToken
    ) => ReadEventsAsync(customerId, Keys.EventsOf(customerId), cancellationToken);

    private async Task<IReadOnlyList<InvoiceEvent>> ReadEventsAsync(
        CustomerId customerId,
        string prefix,
        CancellationToken cancellationToken
    )
    {
        List<InvoiceEvent> events = [];
        await foreach (var row in RangeAsync(customerId, prefix, cancellationToken))
            events.Add(Rows.Read<InvoiceEvent>(row));
        return events;
    }

    /// <summary>
    /// The customers of one shard with a step due by the end of the hour of <paramref name="now"/>, earliest first.
    /// Reads only due rows, whatever the size of the table; after an outage the same query returns everything missed.
    /// </summary>
    public async IAsyncEnumerable<CustomerId> FindDueCustomersAsync(
        string shard,
        bool upcoming,
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        HashSet<CustomerId> seen = [];
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

    /// <summary>The notices of one shard whose planned time has come and whose outcome is not recorded.</summary>
    public async IAsyncEnumerable<(CustomerId CustomerId, NoticeId NoticeId)> FindUnsentAsync(
        string shard,
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var (customer, notice) in IndexAsync(shard, Keys.OutboxPrefix, Keys.OutboxEnd(now), cancellationToken)
        )
            yield return (customer, new NoticeId(notice));
    }

    /// <summary>
    /// Writes all rows of a transaction, or none.
    /// </summary>
    /// <returns>False when one of its rows has changed since it was read: read again, decide again.</returns>
    /// <exception cref="InvalidOperationException">It has more rows than Azure allows.</exception>
    public async Task<bool> TryCommitAsync(CustomerTransaction transaction, CancellationToken cancellationToken)
    {
        if (transaction.RowCount > CustomerTransaction.MaxRows)
            throw new InvalidOperationException(
                $"A transaction of {transaction.RowCount} rows exceeds the limit of "
                    + $"{CustomerTransaction.MaxRows} rows."
            );
        var shard = shards.Of(transaction.CustomerId);
        var chains = new EventChains(table, shard);
        var heads = await chains.ReadHeadsAsync(transaction.Rows, cancellationToken);
        while (true)
        {
            try
            {
                var rows = EventChains.Append(transaction.Rows, heads);
                await table.SubmitTransactionAsync(rows.Select(row => Action(shard, row)), cancellationToken);
                onCommitted?.Invoke(transaction);
                return true;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
            {
                // Another event of the same invoice is no conflict: the chain goes on from it.
                var newer = await chains.ReadHeadsAsync(transaction.Rows, cancellationToken);
                if (!HaveMoved(heads, newer))
                    return false;
                heads = newer;
            }
        }
    }

    private static bool HaveMoved(
        IReadOnlyDictionary<string, Versioned<ChainHead>> before,
        IReadOnlyDictionary<string, Versioned<ChainHead>> after
    ) =>
        before.Count != after.Count
        || before.Any(head => after.GetValueOrDefault(head.Key)?.Version != head.Value.Version);

    private async IAsyncEnumerable<(CustomerId CustomerId, string TargetId)> IndexAsync(
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

    private async Task<Versioned<T>?> GetAsync<T>(
        CustomerId customerId,
        string key,
        CancellationToken cancellationToken
    )
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            shards.Of(customerId),
            key,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Rows.ReadVersioned<T>(row.Value!) : null;
    }

    private AsyncPageable<TableEntity> RangeAsync(
        CustomerId customerId,
        string prefix,
        CancellationToken cancellationToken
    ) => RangeAsync(shards.Of(customerId), prefix, cancellationToken);

    private AsyncPageable<TableEntity> RangeAsync(string shard, string prefix, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(Keys.FilterOf(shard, prefix), cancellationToken: cancellationToken);
}
