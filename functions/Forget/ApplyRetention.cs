using Dunning.Book;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Forget;

/// <summary>
/// Deletes what has been kept for as long as the settings say, oldest first, and goes on with erasures that were too large for one request. It reads
/// index rows only, so what is still kept costs nothing, and does no more than a share at each tick: the next one goes on.
/// </summary>
public sealed class ApplyRetention(BookTable book, CustomerErasure customers, InvoiceRemoval removal, Retention retention, TimeProvider clock)
{
    /// <summary>Of each kind and shard: 16 shards get through 3,200 invoices a tick.</summary>
    private const int Share = 200;

    [Function(nameof(ApplyRetention))]
    public async Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancel)
    {
        List<Exception> failed = [];
        var now = clock.GetUtcNow();
        if (Retention.End(retention.MessagesDays, now) is { } strangers)
            await customers.ForgetStrangersAsync(strangers, cancel);
        foreach (var shard in book.Shards.All)
        {
            await EachAsync(book.FindForgettingAsync(shard, cancel), f => customers.GoOnAsync(f.Value.CustomerId, Share, cancel), failed, cancel);
            if (Retention.End(retention.MessagesDays, now) is { } texts)
                await EachAsync(book.FindClosedBeforeAsync(shard, erased: false, texts, cancel), id => customers.EraseClosedAsync(id, texts, Share, cancel), failed, cancel);
            if (Retention.End(retention.ClosedInvoicesDays, now) is { } all)
                await EachAsync(book.FindClosedBeforeAsync(shard, erased: true, all, cancel), id => removal.RemoveAsync(id, cancel), failed, cancel);
        }
        if (failed.Count > 0)
            throw new AggregateException(failed);
    }

    /// <summary>One bad row must not keep the rest.</summary>
    private static async Task EachAsync<T>(IAsyncEnumerable<T> found, Func<T, Task> work, List<Exception> failed, CancellationToken cancel)
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
            catch (Exception failure) when (failure is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                failed.Add(failure);
            }
        }
    }
}
