using Azure;

namespace Dunning.Receivables.Storage;

/// <summary>
/// One transaction on one customer's rows, as data: decisions build it, <see cref="ReceivablesTable"/> writes it whole
/// or not at all. Agenda rows, the outbox index and the way between live and closed are derived here and nowhere else,
/// so no decision can leave them behind.
/// </summary>
public sealed class CustomerTransaction(string customerId)
{
    /// <summary>What an entity-group transaction may hold.</summary>
    public const int MaxRows = 100;

    private readonly List<RowChange> _rows = [];
    private int _told;

    public string CustomerId => customerId;
    public IReadOnlyList<RowChange> Rows => _rows;

    public CustomerTransaction Save(Versioned<Customer>? before, Customer after) =>
        Upsert(Keys.Customer(customerId), after, before?.Version);

    public CustomerTransaction Delete(Versioned<Customer> customer) =>
        Add(RowChange.Delete(Keys.Customer(customerId), customer.Version));

    /// <summary>
    /// Writes an invoice, its agenda row and, when it closes or reopens, its move between the live and the closed rows.
    /// </summary>
    public CustomerTransaction Save(Versioned<Invoice>? before, Invoice after)
    {
        Reindex(before?.Value.AgendaKey, after.AgendaKey, after.Next?.Step);
        Reindex(before?.Value.RetentionKey, after.RetentionKey, after.Id.Invoice);

        var keyBefore = before is null ? null : KeyOf(before.Value);
        var keyAfter = KeyOf(after);
        if (keyBefore is not null && keyBefore != keyAfter)
            _rows.Add(RowChange.Delete(keyBefore, before!.Version));
        return Upsert(keyAfter, after, keyBefore == keyAfter ? before!.Version : null);
    }

    /// <summary>Writes a notice and its entry in the outbox index.</summary>
    public CustomerTransaction Save(Versioned<Notice>? before, Notice after)
    {
        Reindex(before is null ? null : Keys.Outbox(before.Value), Keys.Outbox(after), after.Id);
        return Upsert(Keys.Notice(customerId, after.Id), after, before?.Version);
    }

    public CustomerTransaction Delete(Versioned<Notice> notice)
    {
        Reindex(Keys.Outbox(notice.Value), null, notice.Value.Id);
        return Add(RowChange.Delete(Keys.Notice(customerId, notice.Value.Id), notice.Version));
    }

    /// <summary>Takes an invoice that is closed out of the receivables table.</summary>
    public CustomerTransaction Delete(Versioned<Invoice> closed)
    {
        Reindex(closed.Value.RetentionKey, null, null);
        return Add(RowChange.Delete(Keys.Closed(closed.Value.Id), closed.Version));
    }

    public CustomerTransaction Save(Versioned<ErasureRequest>? before, ErasureRequest after) =>
        Upsert(Keys.ErasureRequest(customerId), after, before?.Version);

    public CustomerTransaction Delete(Versioned<ErasureRequest> done) =>
        Add(RowChange.Delete(Keys.ErasureRequest(customerId), done.Version));

    /// <summary>Rewrites what was told.</summary>
    public CustomerTransaction Save(StoredEvent before, InvoiceEvent after) =>
        Add(RowChange.Replace(before.Key, after, before.Event.Version));

    /// <summary>A row that nothing else names.</summary>
    public CustomerTransaction Delete(string key) => Add(RowChange.Delete(key));

    public CustomerTransaction Save(Versioned<SentMessage>? before, SentMessage after) =>
        Upsert(Keys.SentMessage(customerId, after.Notice.Id), after, before?.Version);

    /// <summary>A reply is written once: the move that brings it again is refused.</summary>
    public CustomerTransaction Save(Reply reply) =>
        Add(RowChange.Insert(Keys.Reply(customerId, reply.MessageSid), reply));

    public CustomerTransaction Save(Versioned<LedgerEntry>? before, LedgerEntry after) =>
        Upsert(Keys.Ledger(after, customerId), after, before?.Version);

    /// <summary>Once for each thing decided about: a second decision is refused.</summary>
    /// <param name="about">What was decided about, so exactly that it can never be in question again.</param>
    public CustomerTransaction AddDecision(string about, OperatorDecision decision) =>
        Upsert(Keys.Decision(customerId, about), decision, version: null);

    public CustomerTransaction AddEvent(InvoiceId invoice, InvoiceEvent invoiceEvent)
    {
        // Ticks order events; the number keeps the order within this move, the random part keeps moves of one instant
        // apart.
        var key = $"{Keys.Events(invoice)}{invoiceEvent.At.UtcTicks:D19}{_told++:D3}{Guid.NewGuid():N}"[..^26];
        return Add(RowChange.Insert(key, invoiceEvent));
    }

    private void Reindex(string? before, string? after, string? names)
    {
        if (before == after)
            return;
        if (before is not null)
            Add(RowChange.Delete(before));
        if (after is not null)
            Add(RowChange.Insert(after, new IndexRow(names!)));
    }

    private static string KeyOf(Invoice invoice) =>
        invoice.Closed is null ? Keys.Invoice(invoice.Id) : Keys.Closed(invoice.Id);

    private CustomerTransaction Upsert(string key, object value, ETag? version) =>
        Add(version is { } known ? RowChange.Replace(key, value, known) : RowChange.Insert(key, value));

    private CustomerTransaction Add(RowChange change)
    {
        _rows.Add(change);
        return this;
    }
}

/// <summary>
/// What an agenda or outbox index row says to a person who looks at the table; the program needs only its key.
/// </summary>
internal sealed record IndexRow(string Names);

/// <param name="Value">Null deletes.</param>
/// <param name="Version">
/// The version the row must still have; null for a row that must not exist yet (or, for a delete, any version).
/// </param>
public sealed record RowChange(string Key, object? Value, ETag? Version)
{
    public static RowChange Insert(string key, object value) => new(key, value, null);

    public static RowChange Replace(string key, object value, ETag version) => new(key, value, version);

    public static RowChange Delete(string key, ETag? version = null) => new(key, null, version);
}
