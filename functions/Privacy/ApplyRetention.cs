using Dunning.Configuration;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Privacy;

/// <summary>
/// Deletes data whose retention period has ended, oldest first, and continues erasures that were too large for one
/// request. Finds both by index rows, so invoices that are still retained are not read. Each run handles a limited
/// batch; the next run continues.
/// </summary>
public sealed class ApplyRetention(
    ReceivablesTable receivables,
    CustomerErasure customers,
    InvoiceRemoval removal,
    RetentionOptions retention,
    TimeProvider clock
)
{
    /// <summary>Per kind and shard: with 16 shards, 3,200 invoices per run.</summary>
    private const int BatchSize = 200;

    [Function(nameof(ApplyRetention))]
    public async Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        List<Exception> failures = [];
        var now = clock.GetUtcNow();
        if (RetentionOptions.End(retention.MessagesDays, now) is { } unknownSendersEnd)
            await customers.ForgetUnknownSendersAsync(unknownSendersEnd, cancellationToken);
        foreach (var shard in receivables.Shards.All)
        {
            await ProcessBatchAsync(
                receivables.FindErasureRequestsAsync(shard, cancellationToken),
                request => customers.ContinueAsync(request.Value.CustomerId, BatchSize, cancellationToken),
                failures,
                cancellationToken
            );
            if (RetentionOptions.End(retention.MessagesDays, now) is { } messagesEnd)
                await ProcessBatchAsync(
                    receivables.FindClosedBeforeAsync(shard, erased: false, messagesEnd, cancellationToken),
                    id => customers.EraseClosedAsync(id, messagesEnd, BatchSize, cancellationToken),
                    failures,
                    cancellationToken
                );
            if (RetentionOptions.End(retention.ClosedInvoicesDays, now) is { } invoicesEnd)
                await ProcessBatchAsync(
                    receivables.FindClosedBeforeAsync(shard, erased: true, invoicesEnd, cancellationToken),
                    id => removal.RemoveAsync(id, cancellationToken),
                    failures,
                    cancellationToken
                );
        }
        if (failures.Count > 0)
            throw new AggregateException(failures);
    }

    /// <summary>Collects exceptions, so that one bad row does not block the others.</summary>
    private static async Task ProcessBatchAsync<T>(
        IAsyncEnumerable<T> found,
        Func<T, Task> work,
        List<Exception> failures,
        CancellationToken cancellationToken
    )
    {
        List<T> batch = [];
        await foreach (var item in found)
        {
            batch.Add(item);
            if (batch.Count == BatchSize)
                break;
        }
        foreach (var item in batch)
        {
            try
            {
                await work(item);
            }
            catch (Exception exception)
                when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                failures.Add(exception);
            }
        }
    }
}
