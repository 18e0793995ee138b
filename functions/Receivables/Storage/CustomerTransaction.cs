using Azure;

namespace Dunning.Receivables.Storage;

/// <summary>
/// One transaction on one customer's rows, as data: decisions build it, <see cref="ReceivablesTable"/> writes all of it
/// or nothing. Agenda rows, the indexes of the outbox, of closed invoices and of what waits for a person, and the row
/// key of an open or closed invoice are derived here and nowhere else, so they always agree with the rows.
/// </summary>
public sealed class CustomerTransaction(CustomerId customerId) : IDecision
{
    /// <summary>
    /// Azure's limit for an entity-group transaction, the last links of the chains of events included.
    /// </summary>
    public const int MaxRows = 100;

    private readonly List<RowChange> _rows = [];
    private readonly Dictionary<InvoiceId, Invoice> _saved = [];
    private int _eventCount;

    public CustomerId CustomerId => customerId;
    public IReadOnlyList<RowChange> Rows => _rows;
    public CustomerTransaction Transaction => this;

    /// <summary>With the rows that the chains of events add: one for each invoice with a new event.</summary>
    public int RowCount => _rows.Count + _rows.Select(EventChains.HeadKeyOf).OfType<string>().Distinct().Count();

    /// <summary>The notices that it inserts and that are to be sent: to be enqueued after the commit.</summary>
    public IReadOnlyList<Notice> PlannedNotices =>
        [
            .. _rows
                .Where(row => row.Version is null)
                .Select(row => row.Value)
                .OfType<Notice>()
                .Where(notice => notice.State is NoticeState.Planned),
        ];

    public CustomerTransaction Save(Versioned<Customer>? before, Customer after)
    {
        Reindex(MergeKeyOf(before?.Value), MergeKeyOf(after), after.Merge?.Into.Value);
        after = after with { FollowUpKeys = FollowUpKeysOf(after) };
        ReindexFollowUps(before?.Value.FollowUpKeys ?? [], after.FollowUpKeys);
        return Upsert(Keys.Customer(customerId), after, before?.Version);
    }

    public CustomerTransaction Delete(Versioned<Customer> customer)
    {
        ReindexFollowUps(customer.Value.FollowUpKeys, []);
        return Add(RowChange.Delete(Keys.Customer(customerId), customer.Version));
    }

    /// <summary>
    /// Writes an invoice and its index rows; moves it between the open and the closed rows when it is closed or
    /// reopened.
    /// </summary>
    /// <param name="after">With the next step recalculated: see <c>Schedule.Recalculate</c>.</param>
    public CustomerTransaction Save(Versioned<Invoice>? before, Invoice after)
    {
        after = after with { Revision = (before?.Value.Revision ?? after.Revision) + 1 };
        Reindex(before?.Value.AgendaKey, after.AgendaKey, after.Dunning.Next?.Step.Value);
        Reindex(before?.Value.RetentionKey, after.RetentionKey, after.Id.Invoice);
        // Closing an invoice ends what was to be done about it.
        after = after with
        {
            FollowUps = after.Closed is null
                ? after.FollowUps
                : [.. after.FollowUps.Where(open => open.OutlivesClosing)],
            FollowUpKeys =
            [
                .. after.WaitingFollowUps.Select(followUp => Keys.FollowUp(followUp, after.Id)).Distinct().Order(),
            ],
        };
        ReindexFollowUps(before?.Value.FollowUpKeys ?? [], after.FollowUpKeys);

        var keyBefore = before is null ? null : KeyOf(before.Value);
        var keyAfter = KeyOf(after);
        if (keyBefore is not null && keyBefore != keyAfter)
            _rows.Add(RowChange.Delete(keyBefore, before!.Version));
        TakeSnapshots(after);
        return Upsert(keyAfter, after, keyBefore == keyAfter ? before!.Version : null);
    }

    /// <summary>Writes an invoice with the tasks that events put to a person, and the events.</summary>
    public CustomerTransaction Save(Versioned<Invoice> before, Invoice after, IReadOnlyList<InvoiceEvent> events)
    {
        Save(before, events.Aggregate(after, (invoice, e) => invoice.Asking(e)));
        foreach (var invoiceEvent in events)
            AddEvent(after.Id, invoiceEvent);
        return this;
    }

    /// <summary>Writes a notice and its row in the index of the outbox.</summary>
    public CustomerTransaction Save(Versioned<Notice>? before, Notice after)
    {
        Reindex(before is null ? null : Keys.Outbox(before.Value), Keys.Outbox(after), after.Id.Value);
        after = after with { FollowUpKey = Keys.FollowUp(after) };
        Reindex(before?.Value.FollowUpKey, after.FollowUpKey, after.Id.Value);
        return Upsert(Keys.Notice(customerId, after.Id), after, before?.Version);
    }

    public CustomerTransaction Delete(Versioned<Notice> notice)
    {
        Reindex(Keys.Outbox(notice.Value), null, notice.Value.Id.Value);
        Reindex(notice.Value.FollowUpKey, null, notice.Value.Id.Value);
        return Add(RowChange.Delete(Keys.Notice(customerId, notice.Value.Id), notice.Version));
    }

    /// <summary>Deletes an invoice and its index rows.</summary>
    public CustomerTransaction Delete(Versioned<Invoice> invoice)
    {
        Reindex(invoice.Value.AgendaKey, null, null);
        Reindex(invoice.Value.RetentionKey, null, null);
        ReindexFollowUps(invoice.Value.FollowUpKeys, []);
        return Add(RowChange.Delete(KeyOf(invoice.Value), invoice.Version));
    }

    public CustomerTransaction Save(Versioned<ErasureRequest>? before, ErasureRequest after) =>
        Upsert(Keys.ErasureRequest(customerId), after, before?.Version);

    public CustomerTransaction Delete(Versioned<ErasureRequest> done) =>
        Add(RowChange.Delete(Keys.ErasureRequest(customerId), done.Version));

    /// <summary>Inserts a row that another customer has, under the key that it has for this customer.</summary>
    public CustomerTransaction AddMoved(string key, CustomerId formerCustomerId, object value) =>
        Add(RowChange.Insert(Keys.Moved(key, formerCustomerId, customerId), value));

    /// <summary>Replaces an event; only erasure does.</summary>
    public CustomerTransaction Save(StoredEvent before, InvoiceEvent after) =>
        Add(RowChange.Replace(before.Key, after, before.Event.Version));

    /// <summary>Moves the last link of a chain with its invoice.</summary>
    public CustomerTransaction Save(InvoiceId invoice, Versioned<ChainHead>? before, ChainHead after) =>
        Upsert(Keys.ChainHead(invoice), after, before?.Version);

    /// <summary>Fails when an event was added since the head was read.</summary>
    public CustomerTransaction Delete(InvoiceId invoice, Versioned<ChainHead> head) =>
        Add(RowChange.Delete(Keys.ChainHead(invoice), head.Version));

    /// <summary>Deletes a row that has no index rows, whatever its version.</summary>
    public CustomerTransaction Delete(string key) => Add(RowChange.Delete(key));

    public CustomerTransaction Save(Versioned<SentMessage>? before, SentMessage after) =>
        Upsert(Keys.SentMessage(customerId, after.Notice.Id), after, before?.Version);

    /// <summary>Inserts a reply: a second transaction with the same reply fails.</summary>
    public CustomerTransaction Save(Reply reply)
    {
        Reindex(null, Keys.FollowUp(reply), reply.Id);
        return Add(RowChange.Insert(Keys.Reply(customerId, reply.Id), reply));
    }

    public CustomerTransaction Save(Versioned<Reply> before, Reply after)
    {
        Reindex(Keys.FollowUp(before.Value), Keys.FollowUp(after), after.Id);
        return Upsert(Keys.Reply(customerId, after.Id), after, before.Version);
    }

    /// <summary>Ends what replies hold up: they are answered, or need no answer.</summary>
    /// <param name="account">Null when it is not known whose replies they are.</param>
    public CustomerTransaction Complete(
        CustomerAccount? account,
        IReadOnlyCollection<Versioned<Reply>> replies,
        NoteDone done
    )
    {
        foreach (var reply in replies)
            Save(reply, reply.Value with { Done = done });
        return EndWait(account, replies);
    }

    /// <inheritdoc cref="Complete(CustomerAccount?, IReadOnlyCollection{Versioned{Reply}}, NoteDone)"/>
    public CustomerTransaction Complete(CustomerAccount? account, Versioned<Reply> reply, Reply after) =>
        Save(reply, after).EndWait(account, [reply]);

    private CustomerTransaction EndWait(CustomerAccount? account, IReadOnlyCollection<Versioned<Reply>> replies) =>
        account is { Customer: { Value.AwaitsAnswer: true } customer }
            ? Save(customer, customer.Value.WithoutOpenReplies(open => replies.Any(reply => reply.Value.Id == open.Id)))
            : this;

    /// <summary>A person's answer did not arrive: the reply waits for another one.</summary>
    /// <param name="customer">As the transaction leaves it otherwise.</param>
    /// <returns>The customer with the reply that waits, to be saved with the transaction.</returns>
    public Customer Reopen(Customer customer, Versioned<Reply> reply, NoticeId answer)
    {
        var after = reply.Value.WithLostAnswer(answer);
        if (after == reply.Value)
            return customer;
        Save(reply, after);
        return customer.AwaitingAnswer(after);
    }

    /// <summary>Deletes a reply and its index row: it is another customer's.</summary>
    public CustomerTransaction Delete(Versioned<Reply> reply)
    {
        Reindex(Keys.FollowUp(reply.Value), null, null);
        return Add(RowChange.Delete(Keys.Reply(customerId, reply.Value.Id), reply.Version));
    }

    public CustomerTransaction Save(Versioned<LedgerEntry>? before, LedgerEntry after) =>
        Upsert(Keys.Ledger(after, customerId), after, before?.Version);

    /// <summary>Inserts a decision: a second one with the same subject fails.</summary>
    /// <param name="subject">Names the message and the attempt, so that a later attempt has another subject.</param>
    public CustomerTransaction AddDecision(string subject, OperatorDecision decision) =>
        Upsert(Keys.Decision(customerId, subject), decision, version: null);

    public CustomerTransaction AddEvent(InvoiceId invoice, InvoiceEvent invoiceEvent)
    {
        // The ticks order events, the number orders those of this transaction, and the random part keeps the keys of
        // transactions at the same instant distinct.
        var key = $"{Keys.Events(invoice)}{invoiceEvent.At.UtcTicks:D19}{_eventCount++:D3}{Guid.NewGuid():N}"[..^26];
        return Add(
            RowChange.Insert(
                key,
                _saved.TryGetValue(invoice, out var saved) ? WithSnapshot(invoiceEvent, saved) : invoiceEvent
            )
        );
    }

    /// <summary>Adds what another decision changes, which concerns other rows of the same customer.</summary>
    public CustomerTransaction Include(CustomerTransaction other)
    {
        _rows.AddRange(other._rows);
        foreach (var (id, invoice) in other._saved)
            _saved[id] = invoice;
        _eventCount += other._eventCount;
        return this;
    }

    public bool HasEventOf(InvoiceId invoice) => _rows.Exists(row => IsEventOf(invoice, row));

    private static bool IsEventOf(InvoiceId invoice, RowChange row) =>
        row is { Version: null, Value: InvoiceEvent }
        && row.Key.StartsWith(Keys.Events(invoice), StringComparison.Ordinal);

    /// <summary>
    /// Each event of the transaction carries what the invoice is after it, so that the history explains the days on
    /// which nothing happened, too.
    /// </summary>
    private void TakeSnapshots(Invoice after)
    {
        _saved[after.Id] = after;
        for (var i = 0; i < _rows.Count; i++)
        {
            if (IsEventOf(after.Id, _rows[i]))
                _rows[i] = _rows[i] with { Value = WithSnapshot((InvoiceEvent)_rows[i].Value!, after) };
        }
    }

    private static InvoiceEvent WithSnapshot(InvoiceEvent invoiceEvent, Invoice after) =>
        invoiceEvent with
        {
            Snapshot = DunningSnapshot.Of(after, invoiceEvent.At),
        };

    private void Reindex(string? before, string? after, string? target)
    {
        if (before == after)
            return;
        if (before is not null)
            Add(RowChange.Delete(before));
        if (after is not null)
            Add(RowChange.Insert(after, new IndexRow(target!)));
    }

    private void ReindexFollowUps(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        foreach (var key in before.Except(after))
            Add(RowChange.Delete(key));
        foreach (var key in after.Except(before))
            Add(RowChange.Insert(key, new IndexRow(Keys.FromIndex(key).TargetId)));
    }

    private static IReadOnlyList<string> FollowUpKeysOf(Customer customer) =>
        customer.Merge is not null
            ? []
            :
            [
                .. customer
                    .Notes.Where(note => note is { FollowUpOn: not null, Done: null })
                    .Select(note => Keys.FollowUp(note, customer.Id)),
            ];

    private static string? MergeKeyOf(Customer? customer) =>
        customer?.Merge is { IsDone: false } ? Keys.Merge(customer.Id) : null;

    private static string KeyOf(Invoice invoice) =>
        invoice.Closed is null ? Keys.Invoice(invoice.Id) : Keys.Closed(invoice.Id);

    private CustomerTransaction Upsert(string key, object value, ETag? version) =>
        Add(version is { } read ? RowChange.Replace(key, value, read) : RowChange.Insert(key, value));

    private CustomerTransaction Add(RowChange change)
    {
        _rows.Add(change);
        return this;
    }
}

/// <summary>
/// Value of an index row, for people who read the table: the step, notice or invoice. The program uses the row key
/// only.
/// </summary>
internal sealed record IndexRow(string Names) : StoredRecord;

/// <summary>One row to insert, replace or delete.</summary>
/// <param name="Value">Null deletes the row.</param>
/// <param name="Version">
/// The ETag that the row must still have. Null: the row must not exist yet, or, for a deletion, may have any version.
/// </param>
public sealed record RowChange(string Key, object? Value, ETag? Version)
{
    public static RowChange Insert(string key, object value) => new(key, value, null);

    public static RowChange Replace(string key, object value, ETag version) => new(key, value, version);

    public static RowChange Delete(string key, ETag? version = null) => new(key, null, version);
}
