using Dunning.Configuration;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Privacy;

/// <summary>
/// Deletes what has been kept for as long as the settings say, oldest first, and goes on with erasures that were too
/// large for one request. It reads index rows only, so what is still kept costs nothing, and does no more than a share
/// at each tick: the next one goes on.
/// </summary>
public sealed class ApplyRetention(
    ReceivablesTable receivables,
    CustomerErasure customers,
    InvoiceRemoval removal,
    RetentionOptions retention,
    TimeProvider clock
)
{
    /// <summary>Of each kind and shard: 16 shards get through 3,200 invoices a tick.</summary>
    private const int Share = 200;

    [Function(nameof(ApplyRetention))]
    public async Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        List<Exception> failed = [];
        var now = clock.GetUtcNow();
        if (RetentionOptions.End(retention.MessagesDays, now) is { } strangers)
            await customers.ForgetUnknownSendersAsync(strangers, cancellationToken);
        foreach (var shard in receivables.Shards.All)
        {
            await EachAsync(
                receivables.FindErasureRequestsAsync(shard, cancellationToken),
                f => customers.ContinueAsync(f.Value.CustomerId, Share, cancellationToken),
                failed,
                cancellationToken
            );
            if (RetentionOptions.End(retention.MessagesDays, now) is { } texts)
                await EachAsync(
                    receivables.FindClosedBeforeAsync(shard, erased: false, texts, cancellationToken),
                    id => customers.EraseClosedAsync(id, texts, Share, cancellationToken),
                    failed,
                    cancellationToken
                );
            if (RetentionOptions.End(retention.ClosedInvoicesDays, now) is { } all)
                await EachAsync(
                    receivables.FindClosedBeforeAsync(shard, erased: true, all, cancellationToken),
                    id => removal.RemoveAsync(id, cancellationToken),
                    failed,
                    cancellationToken
                );
        }
        if (failed.Count > 0)
            throw new AggregateException(failed);
    }

    /// <summary>One bad row must not keep the rest.</summary>
    private static async Task EachAsync<T>(
        IAsyncEnumerable<T> found,
        Func<T, Task> work,
        List<Exception> failed,
        CancellationToken cancellationToken
    )
    {
        List<T> share = [];
        await foreach (var one in found)
        {
            share.Add(one);
            if (share.Count == Share)
                break;
        }
        foreach (var one in share)
        {
            try
            {
                await work(one);
            }
            catch (Exception failure)
                when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                failed.Add(failure);
            }
        }
    }
}
