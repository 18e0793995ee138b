using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>
/// The table <c>lookup</c>: finds an invoice by external id, number or a provider's id; a customer by phone number
/// or mailbox; a notice by the id of its email; waiting payments by the reference that they name; received emails that
/// are dealt with. A row is written before
/// the row to which it points: it may name something that was never written, never the other way round.
/// </summary>
public sealed class Lookup(TableClient table)
{
    /// <summary>Row key of partitions with a single row.</summary>
    private const string SingleRow = "-";
    private const string AwaitedPrefix = "w_";

    /// <summary>
    /// Assigns an external id to an invoice, permanently.
    /// </summary>
    /// <returns>The invoice that has the external id: an earlier one if it was assigned before.</returns>
    public async Task<InvoiceId> ClaimExternalIdAsync(
        string source,
        string externalId,
        InvoiceId id,
        CancellationToken cancellationToken
    )
    {
        if (await FindExternalIdAsync(source, externalId, cancellationToken) is { } known)
            return known;
        return await TryAddAsync(External(source, externalId), SingleRow, id, cancellationToken)
            ? id
            : await FindExternalIdAsync(source, externalId, cancellationToken) ?? id;
    }

    public Task<InvoiceId?> FindExternalIdAsync(
        string source,
        string externalId,
        CancellationToken cancellationToken
    ) => FindOneAsync(External(source, externalId), cancellationToken);

    /// <summary>
    /// Adds a reference that payers and providers use for the invoice; several invoices may share one.
    /// </summary>
    public Task AddReferenceAsync(string reference, InvoiceId id, CancellationToken cancellationToken) =>
        TryAddAsync(Reference(reference), id.ToString(), id, cancellationToken);

    public Task DeleteReferenceAsync(string reference, InvoiceId id, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Reference(reference), id.ToString(), ETag.All, cancellationToken);

    /// <summary>All invoices with the reference as their id, number, external id or reference for a transfer.</summary>
    public async Task<IReadOnlyList<InvoiceId>> FindReferenceAsync(
        string reference,
        CancellationToken cancellationToken
    ) => InvoiceId.TryParse(reference, out var id) ? [id] : await FindAllAsync(Reference(reference), cancellationToken);

    /// <summary>Adds a credit note or a corrected invoice under the number that it names.</summary>
    public Task AddCorrectionAsync(string number, InvoiceId correction, CancellationToken cancellationToken) =>
        TryAddAsync(Correction(number), correction.ToString(), correction, cancellationToken);

    public Task<IReadOnlyList<InvoiceId>> FindCorrectionsAsync(string number, CancellationToken cancellationToken) =>
        FindAllAsync(Correction(number), cancellationToken);

    public Task AddProviderIdAsync(
        string provider,
        string objectId,
        InvoiceId id,
        CancellationToken cancellationToken
    ) => TryAddAsync(ProviderId(provider, objectId), id.ToString(), id, cancellationToken);

    /// <summary>The invoices that a payment id is known for: several where one transfer pays several.</summary>
    public Task<IReadOnlyList<InvoiceId>> FindProviderIdAsync(
        string provider,
        string objectId,
        CancellationToken cancellationToken
    ) => FindAllAsync(ProviderId(provider, objectId), cancellationToken);

    /// <summary>Several customers may share a name.</summary>
    public Task AddNameAsync(string nameKey, CustomerId customerId, CancellationToken cancellationToken) =>
        TryAddAsync(Rows.Entity(Name(nameKey), customerId.Value), cancellationToken);

    public Task DeleteNameAsync(string nameKey, CustomerId customerId, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Name(nameKey), customerId.Value, ETag.All, cancellationToken);

    public Task<IReadOnlyList<CustomerId>> FindNameAsync(string nameKey, CancellationToken cancellationToken) =>
        FindCustomersAsync(Name(nameKey), cancellationToken);

    /// <summary>Several customers may share a phone number or a mailbox.</summary>
    public Task AddAddressAsync(string address, CustomerId customerId, CancellationToken cancellationToken) =>
        TryAddAsync(Rows.Entity(Address(address), customerId.Value), cancellationToken);

    public Task DeleteAddressAsync(string address, CustomerId customerId, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Address(address), customerId.Value, ETag.All, cancellationToken);

    public Task<IReadOnlyList<CustomerId>> FindAddressAsync(string address, CancellationToken cancellationToken) =>
        FindCustomersAsync(Address(address), cancellationToken);

    /// <summary>
    /// Stores that a received message is dealt with, for good: it may come again by another way, or when its reply has
    /// another customer or is erased.
    /// </summary>
    public Task AddReceivedAsync(string replyId, CancellationToken cancellationToken) =>
        TryAddAsync(Rows.Entity(Received(replyId), SingleRow), cancellationToken);

    public async Task<bool> IsReceivedAsync(string replyId, CancellationToken cancellationToken) =>
        (
            await table.GetEntityIfExistsAsync<TableEntity>(
                Received(replyId),
                SingleRow,
                cancellationToken: cancellationToken
            )
        ).HasValue;

    /// <summary>
    /// Stores which notice an email belongs to. Call it before sending: a delivery report may arrive at any time after.
    /// </summary>
    public Task AddEmailAsync(Notice notice, CancellationToken cancellationToken) =>
        TryAddAsync(
            Rows.Entity(
                Email(notice.OperationId),
                SingleRow,
                ("Customer", notice.CustomerId.Value),
                ("Notice", notice.Id.Value)
            ),
            cancellationToken
        );

    public async Task<(CustomerId CustomerId, NoticeId NoticeId)?> FindEmailAsync(
        Guid operationId,
        CancellationToken cancellationToken
    )
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            Email(operationId),
            SingleRow,
            cancellationToken: cancellationToken
        );
        return row.HasValue
            ? (new CustomerId(row.Value!.GetString("Customer")), new NoticeId(row.Value.GetString("Notice")))
            : null;
    }

    /// <summary>
    /// Stores a payment whose invoice has not been accepted yet. Accepting an invoice with the reference enqueues it.
    /// </summary>
    public async Task AwaitReferenceAsync(
        string reference,
        string endpoint,
        string delivery,
        CancellationToken cancellationToken
    ) =>
        await table.UpsertEntityAsync(
            Rows.Entity(Awaited(reference), delivery, ("Endpoint", endpoint)),
            TableUpdateMode.Replace,
            cancellationToken
        );

    public Task DeleteAwaitingAsync(string reference, string delivery, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Awaited(reference), delivery, ETag.All, cancellationToken);

    /// <summary>
    /// Deletes the rows of payments that have waited since before an instant; their webhook bodies are deleted as well.
    /// </summary>
    public async Task ForgetAwaitingBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {AwaitedPrefix} and PartitionKey lt {Keys.EndOf(AwaitedPrefix)} and Timestamp lt {before}"
        );
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
    }

    public async Task<IReadOnlyList<(string Endpoint, string DeliveryId)>> FindAwaitingAsync(
        string reference,
        CancellationToken cancellationToken
    )
    {
        List<(string, string)> found = [];
        var partition = Awaited(reference);
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
                cancellationToken: cancellationToken
            )
        )
            found.Add((row.GetString("Endpoint"), row.RowKey));
        return found;
    }

    /// <summary>
    /// Lets everything that finds an invoice find it under the id that it has since it was moved. For a moment a
    /// reference may find both ids, never none.
    /// </summary>
    public async Task MoveAsync(
        InvoiceId original,
        Invoice moved,
        IReadOnlyList<LedgerEntry> ledger,
        CancellationToken cancellationToken
    )
    {
        await table.UpsertEntityAsync(
            Rows.Entity(External(moved.Source, moved.ExternalId), SingleRow, ("Invoice", moved.Id.ToString())),
            TableUpdateMode.Replace,
            cancellationToken
        );
        foreach (
            var partition in ledger
                .Select(entry => ProviderId(entry.Provider, entry.ObjectId))
                .Concat(ReferencesOf(moved).Select(Reference))
                .Concat(CorrectionsBy(moved))
                .Distinct()
        )
        {
            await TryAddAsync(partition, moved.Id.ToString(), moved.Id, cancellationToken);
            await table.DeleteEntityAsync(partition, original.ToString(), ETag.All, cancellationToken);
        }
    }

    /// <summary>Deletes all rows that name an invoice.</summary>
    public Task DeleteAsync(Invoice invoice, IEnumerable<LedgerEntry> ledger, CancellationToken cancellationToken) =>
        Task.WhenAll(
            ledger
                .Select(entry => (ProviderId(entry.Provider, entry.ObjectId), invoice.Id.ToString()))
                .Append((External(invoice.Source, invoice.ExternalId), SingleRow))
                .Concat(ReferencesOf(invoice).Select(reference => (Reference(reference), invoice.Id.ToString())))
                .Concat(CorrectionsBy(invoice).Select(partition => (partition, invoice.Id.ToString())))
                .Distinct()
                .Select(name => table.DeleteEntityAsync(name.Item1, name.Item2, ETag.All, cancellationToken))
        );

    /// <summary>
    /// By what a payment names an invoice; the reference for a transfer is found without blanks and signs.
    /// </summary>
    internal static IReadOnlyList<string> ReferencesOf(string number, string externalId, BankTransfer? bank) =>
        [.. new[] { number, externalId, bank?.ReferenceKey }.OfType<string>().Distinct()];

    internal static IReadOnlyList<string> ReferencesOf(Invoice invoice) =>
        ReferencesOf(invoice.Document.Number, invoice.ExternalId, invoice.Document.Bank);

    private static string Awaited(string reference) => $"{AwaitedPrefix}{Keys.Escape(Compared(reference))}";

    private async Task<IReadOnlyList<CustomerId>> FindCustomersAsync(
        string partition,
        CancellationToken cancellationToken
    )
    {
        List<CustomerId> customers = [];
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
                cancellationToken: cancellationToken
            )
        )
            customers.Add(new CustomerId(row.RowKey));
        return customers;
    }

    private static string Name(string nameKey) => $"n_{nameKey}";

    private static string Address(string address) =>
        $"t_{Keys.Escape(MailboxComparer.Normalise(address).ToLowerInvariant())}";

    private static string Received(string replyId) => $"v_{Keys.Escape(replyId)}";

    private static string Email(Guid operationId) => $"m_{operationId:N}";

    private static string External(string source, string externalId) => $"x_{source}_{Keys.Escape(externalId)}";

    private static string Reference(string reference) => $"r_{Keys.Escape(Compared(reference))}";

    private static string Correction(string number) => $"k_{Keys.Escape(Compared(number))}";

    private static IEnumerable<string> CorrectionsBy(Invoice document) =>
        document.Document.PrecedingInvoice is { } number ? [Correction(number)] : [];

    /// <summary>A reference as people see it: a bank or a person may have copied more than that.</summary>
    private static string Compared(string reference) => InvisibleCharacters.Remove(reference).Trim();

    private static string ProviderId(string provider, string objectId) => $"p_{provider}_{Keys.Escape(objectId)}";

    private async Task<InvoiceId?> FindOneAsync(string partition, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            partition,
            SingleRow,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? Read(row.Value!) : null;
    }

    private async Task<IReadOnlyList<InvoiceId>> FindAllAsync(string partition, CancellationToken cancellationToken)
    {
        List<InvoiceId> found = [];
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
                cancellationToken: cancellationToken
            )
        )
            found.Add(Read(row));
        return found;
    }

    private Task<bool> TryAddAsync(string partition, string row, InvoiceId id, CancellationToken cancellationToken) =>
        TryAddAsync(Rows.Entity(partition, row, ("Invoice", id.ToString())), cancellationToken);

    private async Task<bool> TryAddAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return false;
        }
    }

    private static InvoiceId Read(TableEntity row) =>
        InvoiceId.TryParse(row.GetString("Invoice"), out var id)
            ? id
            : throw new InvalidOperationException(
                $"Row {row.PartitionKey} of the table lookup contains no valid invoice id."
            );
}
