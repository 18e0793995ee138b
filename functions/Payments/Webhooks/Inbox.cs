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
/// <param name="EventId">The ids of all its events, shortened for display.</param>
/// <param name="ReceivedAt">UTC.</param>
/// <param name="Body">The raw bytes, gzipped.</param>
/// <param name="Problem">Why the delivery needs manual review, or why it has to wait.</param>
/// <param name="AttemptCount">How often the timer has enqueued it.</param>
/// <param name="RetryAt">When the timer enqueues it next, UTC; null before the first time.</param>
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
) : StoredRecord
{
    /// <summary>
    /// The invoices that it marked when it arrived and those that its payments named when it was applied. An invoice is
    /// never taken out: the outcome must remove every mark, and the provider's API may no longer name the invoice.
    /// </summary>
    public IReadOnlyList<InvoiceId> Invoices { get; init; } = [];

    public PaymentReceived Message => new(Endpoint, Id);

    /// <summary>
    /// What persons decided about it when it was listed as unmatched, oldest first; null for nothing. From the first
    /// decision on, it is not applied automatically any more.
    /// </summary>
    public IReadOnlyList<OperatorDecision>? Decisions { get; init; }

    /// <summary>How its payments are divided among invoices, as a person decided; null for nothing.</summary>
    public IReadOnlyList<PaymentAllocation>? Allocations { get; init; }

    /// <summary>
    /// True when body and headers were deleted. An empty body alone does not say so: it may have arrived empty.
    /// </summary>
    public bool IsErased { get; init; }

    public WebhookDelivery Erase() =>
        this with
        {
            IsErased = true,
            Body = [],
            Headers = new Dictionary<string, string>(),
            Problem = Problem is null ? null : "its text has been deleted",
            Decisions = Decisions?.Select(decision => decision with { By = null, Note = null }).ToList(),
            UnknownFields = null,
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
/// Every verified webhook delivery, saved before it is processed. The partition is the endpoint. The prefix of the row
/// key is the state: <c>n_</c> new, <c>k_</c> manual review, <c>d_</c> applied. So the waiting deliveries are read
/// without the applied ones.
/// </summary>
public sealed partial class Inbox(TableClient table)
{
    /// <summary>The partition that lists the endpoints, each of which is a partition.</summary>
    private const string Endpoints = "endpoints";

    /// <summary>Fits one table row (1 MiB, as base64 in UTF-16) with a reserve.</summary>
    public const int MaxZippedBytes = 320 * 1024;

    private const string New = "n_",
        ManualReview = "k_",
        Applied = "d_";

    /// <summary>In the order in which a delivery passes through them: so a moving one is not missed.</summary>
    private static readonly string[] _states = [New, ManualReview, Applied];

    /// <summary>The endpoints that this instance has listed.</summary>
    private readonly ConcurrentDictionary<string, bool> _listedEndpoints = [];

    /// <summary>Saves a delivery.</summary>
    /// <returns>
    /// False when it has been applied or a person has decided about it; true also when it was saved before and is not
    /// applied, so that a repeated delivery is processed.
    /// </returns>
    public async Task<bool> SaveAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (
            await HasAsync(delivery.Endpoint, Applied + delivery.Id, cancellationToken)
            || await ReadAsync(delivery.Endpoint, ManualReview + delivery.Id, cancellationToken)
                is { Value.Decisions: not null }
        )
            return false;
        // Listed before its first delivery, so that every delivery is found, also after the endpoint's key is retired.
        if (!_listedEndpoints.ContainsKey(delivery.Endpoint))
        {
            await table.UpsertEntityAsync(
                Rows.Entity(Endpoints, delivery.Endpoint, ("Provider", delivery.Provider)),
                TableUpdateMode.Replace,
                cancellationToken
            );
            _listedEndpoints[delivery.Endpoint] = true;
        }
        try
        {
            await table.AddEntityAsync(Rows.Write(delivery.Endpoint, New + delivery.Id, delivery), cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 409)
        {
            // Delivered before and not applied yet.
        }
        return true;
    }

    /// <summary>A delivery in any state; null for an unknown one.</summary>
    public async Task<Versioned<WebhookDelivery>?> ReadAsync(
        PaymentReceived message,
        CancellationToken cancellationToken
    ) => (await ReadRowAsync(message, cancellationToken))?.Delivery;

    /// <summary>
    /// A delivery of any endpoint by its id, one that is listed for a person before one that is not; null for none.
    /// </summary>
    public async Task<StoredDelivery?> FindByIdAsync(string deliveryId, CancellationToken cancellationToken)
    {
        StoredDelivery? found = null;
        await foreach (var endpoint in EndpointsAsync(cancellationToken))
        {
            if (await ReadRowAsync(new PaymentReceived(endpoint, deliveryId), cancellationToken) is not { } row)
                continue;
            var delivery = row.Delivery.Value;
            found = new(
                row.State,
                row.Delivery,
                IsListed: row.State == ManualReview || row.State == New && delivery.Problem is not null,
                IsApplied: row.State == Applied
            );
            if (found.IsListed)
                return found;
        }
        return found;
    }

    /// <summary>Stores what a person decided.</summary>
    /// <returns>False when the delivery has changed since it was read.</returns>
    public Task<bool> TryDecideAsync(
        StoredDelivery before,
        WebhookDelivery after,
        CancellationToken cancellationToken
    ) => TryUpdateAsync(before.State, after, before.Row.Version, cancellationToken);

    /// <summary>Stores invoices with a delivery in any state. Called before they are marked.</summary>
    public async Task RememberInvoicesAsync(
        PaymentReceived message,
        IReadOnlyCollection<InvoiceId> invoices,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await ReadRowAsync(message, cancellationToken) is not { } row)
                continue;
            var delivery = row.Delivery.Value;
            if (
                invoices.All(delivery.Invoices.Contains)
                || await TryUpdateAsync(
                    row.State,
                    delivery with
                    {
                        Invoices = [.. delivery.Invoices.Union(invoices)],
                    },
                    row.Delivery.Version,
                    cancellationToken
                )
            )
                return;
        }
        throw new InvalidOperationException(
            $"The invoices of delivery {message.Delivery} were not stored: it was changed by others in {MaxAttempts} "
                + "attempts."
        );
    }

    public Task FinishAsync(WebhookDelivery delivery, CancellationToken cancellationToken) =>
        TryMoveAsync(delivery with { Problem = null }, Applied, cancellationToken);

    /// <returns>False when the delivery has been applied in the meantime.</returns>
    public Task<bool> MoveToManualReviewAsync(
        WebhookDelivery delivery,
        string problem,
        CancellationToken cancellationToken
    ) => TryMoveAsync(delivery with { Problem = problem }, ManualReview, cancellationToken);

    /// <summary>Updates a new delivery, unless it has changed since it was read.</summary>
    public Task PostponeAsync(
        Versioned<WebhookDelivery> before,
        WebhookDelivery after,
        CancellationToken cancellationToken
    ) => TryUpdateAsync(New, after, before.Version, cancellationToken);

    /// <summary>The new deliveries of all endpoints, also of those that are no longer configured.</summary>
    public IAsyncEnumerable<Versioned<WebhookDelivery>> FindNewAsync(CancellationToken cancellationToken) =>
        FindAsync(New, cancellationToken);

    /// <summary>
    /// The deliveries in manual review of all endpoints, also of those that are no longer configured.
    /// </summary>
    public IAsyncEnumerable<Versioned<WebhookDelivery>> FindInManualReviewAsync(CancellationToken cancellationToken) =>
        FindAsync(ManualReview, cancellationToken);

    private async IAsyncEnumerable<Versioned<WebhookDelivery>> FindAsync(
        string state,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var endpoint in EndpointsAsync(cancellationToken))
        {
            var filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {endpoint} and RowKey ge {state} and RowKey lt {Keys.EndOf(state)}"
            );
            await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
                yield return Rows.ReadVersioned<WebhookDelivery>(row);
        }
    }

    /// <summary>The ids of all endpoints, also of those that are no longer configured.</summary>
    private async IAsyncEnumerable<string> EndpointsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (
            var endpoint in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {Endpoints}"),
                cancellationToken: cancellationToken
            )
        )
            yield return endpoint.RowKey;
    }

    /// <summary>
    /// Moves a delivery to a state; what another message stored of its invoices is kept, and so is what a person
    /// decided.
    /// </summary>
    /// <returns>False when it has been applied and the state is another.</returns>
    private async Task<bool> TryMoveAsync(WebhookDelivery delivery, string state, CancellationToken cancellationToken)
    {
        // The index row is written first: one without a delivery is harmless, a delivery without one is never erased.
        await table.UpsertEntityAsync(
            Rows.Entity(Bodies, BodyKey(delivery)),
            TableUpdateMode.Replace,
            cancellationToken
        );
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            List<(string State, Versioned<WebhookDelivery> Delivery)> stored = [];
            foreach (var other in _states)
            {
                if (await ReadAsync(delivery.Endpoint, other + delivery.Id, cancellationToken) is { } row)
                    stored.Add((other, row));
            }
            if (state != Applied && stored.Exists(row => row.State == Applied))
                return false;
            var invoices = stored.SelectMany(row => row.Delivery.Value.Invoices).Union(delivery.Invoices);
            var decided = stored
                .Select(row => row.Delivery.Value)
                .Append(delivery)
                .MaxBy(row => row.Decisions?.Count ?? 0)!;
            var after = Rows.Write(
                delivery.Endpoint,
                state + delivery.Id,
                delivery with
                {
                    Invoices = [.. invoices],
                    Decisions = decided.Decisions,
                    Allocations = decided.Allocations,
                }
            );
            List<TableTransactionAction> actions =
            [
                .. stored.Select(row =>
                    row.State == state
                        ? new TableTransactionAction(
                            TableTransactionActionType.UpdateReplace,
                            after,
                            row.Delivery.Version
                        )
                        : new TableTransactionAction(
                            TableTransactionActionType.Delete,
                            new TableEntity(delivery.Endpoint, row.State + delivery.Id),
                            row.Delivery.Version
                        )
                ),
            ];
            if (!stored.Exists(row => row.State == state))
                actions.Add(new TableTransactionAction(TableTransactionActionType.Add, after));
            try
            {
                await table.SubmitTransactionAsync(actions, cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
            {
                // Another message of the same delivery has changed the row: read again.
            }
        }
        throw new InvalidOperationException(
            $"The outcome of delivery {delivery.Id} was not stored: it was changed by others in {MaxAttempts} attempts."
        );
    }

    /// <returns>False when the row has changed since it was read.</returns>
    private async Task<bool> TryUpdateAsync(
        string state,
        WebhookDelivery delivery,
        ETag version,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await table.UpdateEntityAsync(
                Rows.Write(delivery.Endpoint, state + delivery.Id, delivery),
                version,
                TableUpdateMode.Replace,
                cancellationToken
            );
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            return false;
        }
    }

    private async Task<(string State, Versioned<WebhookDelivery> Delivery)?> ReadRowAsync(
        PaymentReceived message,
        CancellationToken cancellationToken
    )
    {
        foreach (var state in _states)
        {
            if (await ReadAsync(message.Endpoint, state + message.Delivery, cancellationToken) is { } delivery)
                return (state, delivery);
        }
        return null;
    }

    private async Task<bool> HasAsync(string endpoint, string key, CancellationToken cancellationToken) =>
        (await table.GetEntityIfExistsAsync<TableEntity>(endpoint, key, ["RowKey"], cancellationToken)).HasValue;

    private async Task<Versioned<WebhookDelivery>?> ReadAsync(
        string endpoint,
        string key,
        CancellationToken cancellationToken
    )
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(endpoint, key, cancellationToken: cancellationToken);
        return row.HasValue ? Rows.ReadVersioned<WebhookDelivery>(row.Value!) : null;
    }
}
