using Azure;
using Azure.Data.Tables;

namespace Dunning.Receivables.Storage;

/// <summary>
/// Finds what is behind a name that somebody else uses for it: an invoice by the source's external id, the number the
/// customer knows or a provider's payment id; a customer by phone number; a notice by the provider's id of its mail. A
/// second, small table; a row here may point to something that was never written, never the other way round.
/// </summary>
public sealed class Lookup(TableClient table)
{
    private const string Only = "-";
    private const string AwaitedPrefix = "w_";

    /// <summary>
    /// Gives an external id to one invoice for ever; the invoice that has it already when somebody was first.
    /// </summary>
    public async Task<InvoiceId> ClaimExternalIdAsync(
        string source,
        string externalId,
        InvoiceId id,
        CancellationToken cancellationToken
    )
    {
        if (await FindExternalIdAsync(source, externalId, cancellationToken) is { } known)
            return known;
        return await TryAddAsync(External(source, externalId), Only, id, cancellationToken)
            ? id
            : await FindExternalIdAsync(source, externalId, cancellationToken) ?? id;
    }

    public Task<InvoiceId?> FindExternalIdAsync(
        string source,
        string externalId,
        CancellationToken cancellationToken
    ) => FindOneAsync(External(source, externalId), cancellationToken);

    /// <summary>
    /// Makes the invoice findable by a reference that payers and providers use; several invoices may share one.
    /// </summary>
    public Task AddReferenceAsync(string reference, InvoiceId id, CancellationToken cancellationToken) =>
        TryAddAsync(Reference(reference), id.ToString(), id, cancellationToken);

    /// <summary>Every invoice known by the reference: its id, its number or its external id.</summary>
    public async Task<IReadOnlyList<InvoiceId>> FindReferenceAsync(
        string reference,
        CancellationToken cancellationToken
    ) => InvoiceId.TryParse(reference, out var id) ? [id] : await FindAllAsync(Reference(reference), cancellationToken);

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

    /// <summary>Makes a customer findable by a phone number; several may share one.</summary>
    public Task AddPhoneAsync(string number, string customerId, CancellationToken cancellationToken) =>
        TryAddAsync(new TableEntity(Phone(number), customerId), cancellationToken);

    public Task ForgetPhoneAsync(string number, string customerId, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Phone(number), customerId, ETag.All, cancellationToken);

    public async Task<IReadOnlyList<string>> FindPhoneAsync(string number, CancellationToken cancellationToken)
    {
        List<string> customers = [];
        var partition = Phone(number);
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
                cancellationToken: cancellationToken
            )
        )
            customers.Add(row.RowKey);
        return customers;
    }

    /// <summary>
    /// Remembers whose message a mail is; written before it is sent, since news of it may come at any time after.
    /// </summary>
    public Task AddMailAsync(Notice notice, CancellationToken cancellationToken) =>
        TryAddAsync(
            new TableEntity(Mail(notice.OperationId), Only)
            {
                ["Customer"] = notice.CustomerId,
                ["Notice"] = notice.Id,
            },
            cancellationToken
        );

    public async Task<(string CustomerId, string NoticeId)?> FindMailAsync(
        Guid operationId,
        CancellationToken cancellationToken
    )
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            Mail(operationId),
            Only,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? (row.Value!.GetString("Customer"), row.Value.GetString("Notice")) : null;
    }

    /// <summary>Remembers a payment that named an invoice nobody knows yet: accepting that invoice wakes it.</summary>
    public async Task AwaitReferenceAsync(
        string reference,
        string endpoint,
        string delivery,
        CancellationToken cancellationToken
    ) =>
        await table.UpsertEntityAsync(
            new TableEntity(Awaited(reference), delivery) { ["Endpoint"] = endpoint },
            TableUpdateMode.Replace,
            cancellationToken
        );

    public Task DeleteAwaitingAsync(string reference, string delivery, CancellationToken cancellationToken) =>
        table.DeleteEntityAsync(Awaited(reference), delivery, ETag.All, cancellationToken);

    /// <summary>
    /// Gives up on payments that have waited since before an instant: what they said is deleted then, too.
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

    /// <summary>Takes every name of an invoice away.</summary>
    public Task ForgetAsync(Invoice invoice, IEnumerable<LedgerEntry> ledger, CancellationToken cancellationToken) =>
        Task.WhenAll(
            ledger
                .Select(entry => (ProviderId(entry.Provider, entry.ObjectId), invoice.Id.ToString()))
                .Append((External(invoice.Source, invoice.ExternalId), Only))
                .Append((Reference(invoice.Number), invoice.Id.ToString()))
                .Append((Reference(invoice.ExternalId), invoice.Id.ToString()))
                .Distinct()
                .Select(name => table.DeleteEntityAsync(name.Item1, name.Item2, ETag.All, cancellationToken))
        );

    private static string Awaited(string reference) => $"{AwaitedPrefix}{Keys.Escape(reference.Trim())}";

    private static string Phone(string number) => $"t_{Keys.Escape(number)}";

    private static string Mail(Guid operationId) => $"m_{operationId:N}";

    private static string External(string source, string externalId) => $"x_{source}_{Keys.Escape(externalId)}";

    private static string Reference(string reference) => $"r_{Keys.Escape(reference.Trim())}";

    private static string ProviderId(string provider, string objectId) => $"p_{provider}_{Keys.Escape(objectId)}";

    private async Task<InvoiceId?> FindOneAsync(string partition, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            partition,
            Only,
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
        TryAddAsync(new TableEntity(partition, row) { ["Invoice"] = id.ToString() }, cancellationToken);

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
            : throw new InvalidOperationException($"Lookup row {row.PartitionKey} names no invoice.");
}
