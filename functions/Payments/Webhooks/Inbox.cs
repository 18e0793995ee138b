using System.Collections.Concurrent;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Dunning.Payments.Ledger;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Webhooks;

/// <summary>One verified delivery of a provider, byte for byte.</summary>
/// <param name="Endpoint">Id of the configured endpoint (never its key).</param>
/// <param name="Id">Hash of the provider's event id.</param>
/// <param name="Body">The raw bytes, gzipped.</param>
/// <param name="Problem">Why it is parked for a person, or waits.</param>
/// <param name="AttemptCount">How often it has been enqueued again.</param>
/// <param name="RetryAt">When it is enqueued again, UTC; null for the first time.</param>
public sealed record WebhookDelivery(
    string Endpoint,
    string Id,
    string Provider,
    string EventId,
    DateTimeOffset ReceivedAt,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body,
    string? Problem = null,
    int AttemptCount = 0,
    DateTimeOffset? RetryAt = null
)
{
    /// <summary>What it was applied to.</summary>
    public IReadOnlyList<InvoiceId> Invoices { get; init; } = [];

    public PaymentReceived Message => new(Endpoint, Id);

    /// <summary>Only that it came, and when, is left. (A body may have been empty from the start.)</summary>
    public bool IsErased { get; init; }

    public WebhookDelivery Erase() =>
        this with
        {
            IsErased = true,
            Body = [],
            Headers = new Dictionary<string, string>(),
            Problem = Problem is null ? null : "its text has been deleted",
        };

    public WebhookRequest ToRequest()
    {
        using var body = new MemoryStream();
        using (var unzip = new GZipStream(new MemoryStream(Body), CompressionMode.Decompress))
            unzip.CopyTo(body);
        return new WebhookRequest(Headers, body.ToArray());
    }

    public static byte[] Zip(ReadOnlySpan<byte> body)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(body);
        return zipped.ToArray();
    }
}

/// <summary>
/// Every verified webhook event, kept before it is acted on. A partition is an endpoint; the row key's first letter is
/// the state:
/// <c>n_</c> new, <c>k_</c> parked for a person, <c>d_</c> done, so that what waits is read without reading what is
/// done.
/// </summary>
public sealed partial class Inbox(TableClient table)
{
    /// <summary>Partition of the names of the others.</summary>
    private const string Endpoints = "endpoints";

    /// <summary>What fits one row of the table (1 MiB as base64 in UTF-16) with room to spare.</summary>
    public const int MaxZippedBytes = 320 * 1024;

    private const string New = "n_",
        Parked = "k_",
        Done = "d_";

    private readonly ConcurrentDictionary<string, bool> _named = [];

    /// <summary>
    /// Keeps a delivery. False when it has been applied before; true also for one that waits still, so that a retry
    /// wakes it.
    /// </summary>
    public async Task<bool> SaveAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (await HasAsync(delivery.Endpoint, Done + delivery.Id, cancellationToken))
            return false;
        // Before the first delivery, so that none can be hidden by an endpoint's key that is retired.
        if (!_named.ContainsKey(delivery.Endpoint))
        {
            await table.UpsertEntityAsync(
                new TableEntity(Endpoints, delivery.Endpoint) { ["Provider"] = delivery.Provider },
                TableUpdateMode.Replace,
                cancellationToken
            );
            _named[delivery.Endpoint] = true;
        }
        try
        {
            await table.AddEntityAsync(Rows.Write(delivery.Endpoint, New + delivery.Id, delivery), cancellationToken);
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // Delivered before and not applied yet.
        }
        return true;
    }

    /// <summary>A delivery in whatever state.</summary>
    public async Task<WebhookDelivery?> ReadAsync(PaymentReceived message, CancellationToken cancellationToken) =>
        await ReadAsync(message.Endpoint, New + message.Delivery, cancellationToken)
        ?? await ReadAsync(message.Endpoint, Parked + message.Delivery, cancellationToken)
        ?? await ReadAsync(message.Endpoint, Done + message.Delivery, cancellationToken);

    public Task FinishAsync(WebhookDelivery delivery, CancellationToken cancellationToken) =>
        ReplaceAsync(delivery with { Problem = null }, Done, cancellationToken);

    /// <summary>Leaves it for a person. False when somebody has finished it meanwhile.</summary>
    public async Task<bool> MoveToManualReviewAsync(
        WebhookDelivery delivery,
        string problem,
        CancellationToken cancellationToken
    )
    {
        if (await HasAsync(delivery.Endpoint, Done + delivery.Id, cancellationToken))
            return false;
        await ReplaceAsync(delivery with { Problem = problem }, Parked, cancellationToken);
        return true;
    }

    /// <summary>Writes down that a delivery waits, unless somebody has finished or parked it meanwhile.</summary>
    public async Task PostponeAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            await table.UpdateEntityAsync(
                Rows.Write(delivery.Endpoint, New + delivery.Id, delivery),
                ETag.All,
                TableUpdateMode.Replace,
                cancellationToken
            );
        }
        catch (RequestFailedException gone) when (gone.Status == 404) { }
    }

    /// <summary>Those not applied yet, of every endpoint that ever took one.</summary>
    public IAsyncEnumerable<WebhookDelivery> FindNewAsync(CancellationToken cancellationToken) =>
        FindAsync(New, cancellationToken);

    /// <inheritdoc cref="FindNewAsync"/>
    public IAsyncEnumerable<WebhookDelivery> FindParkedAsync(CancellationToken cancellationToken) =>
        FindAsync(Parked, cancellationToken);

    private async IAsyncEnumerable<WebhookDelivery> FindAsync(
        string state,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (
            var endpoint in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Endpoints}"),
                cancellationToken: cancellationToken
            )
        )
        {
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {endpoint.RowKey} and RowKey ge {state} and RowKey lt {Keys.EndOf(state)}"
            );
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
                yield return Rows.Read<WebhookDelivery>(row);
        }
    }

    private async Task ReplaceAsync(WebhookDelivery delivery, string state, CancellationToken cancellationToken)
    {
        // Before it is called done: an index row too many does no harm.
        await table.UpsertEntityAsync(
            new TableEntity(Bodies, BodyKey(delivery)),
            TableUpdateMode.Replace,
            cancellationToken
        );
        for (var attempt = 0; ; attempt++)
        {
            List<TableTransactionAction> actions =
            [
                new(
                    TableTransactionActionType.UpsertReplace,
                    Rows.Write(delivery.Endpoint, state + delivery.Id, delivery)
                ),
            ];
            foreach (var other in new[] { New, Parked }.Where(s => s != state))
            {
                if (await HasAsync(delivery.Endpoint, other + delivery.Id, cancellationToken))
                    actions.Add(
                        new(
                            TableTransactionActionType.Delete,
                            new TableEntity(delivery.Endpoint, other + delivery.Id),
                            ETag.All
                        )
                    );
            }
            try
            {
                await table.SubmitTransactionAsync(actions, cancellationToken);
                return;
            }
            catch (RequestFailedException faster) when (faster.Status == 404 && attempt < MaxAttempts)
            {
                // A second message of the same delivery has just moved it.
            }
        }
    }

    private async Task<bool> HasAsync(string endpoint, string key, CancellationToken cancellationToken) =>
        (await table.GetEntityIfExistsAsync<TableEntity>(endpoint, key, ["RowKey"], cancellationToken)).HasValue;

    private async Task<WebhookDelivery?> ReadAsync(string endpoint, string key, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(endpoint, key, cancellationToken: cancellationToken);
        return row.HasValue ? Rows.Read<WebhookDelivery>(row.Value!) : null;
    }
}
