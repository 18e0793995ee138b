using System.Runtime.CompilerServices;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Recovery;

internal static class Outbox
{
    private static readonly TimeSpan _maxWait = TimeSpan.FromHours(8);

    /// <summary>
    /// Every notice that should have become an event by now. One that cannot be read does not hide the others.
    /// </summary>
    public static async IAsyncEnumerable<Unsent> FindUnsentAsync(
        this ReceivablesTable receivables,
        DateTimeOffset now,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var shard in receivables.Shards.All)
        {
            await foreach (var (customerId, noticeId) in receivables.FindUnsentAsync(shard, now, cancellationToken))
            {
                var (isReadable, account) = await receivables.TryReadAsync(customerId, cancellationToken);
                if (!isReadable || account?.Notice(noticeId) is not null)
                    yield return new Unsent(customerId, noticeId, account);
            }
        }
    }

    public static async Task<(bool IsReadable, CustomerAccount? Rows)> TryReadAsync(
        this ReceivablesTable receivables,
        string customerId,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return (true, await receivables.ReadAsync(customerId, cancellationToken));
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }

    /// <summary>
    /// Planned, due for longer than a message may take, and longer each time it had to be enqueued again.
    /// </summary>
    public static bool IsStalled(this Notice notice, DateTimeOffset now) =>
        notice.State is NoticeState.Planned
        && notice.NotBefore + Notice.ClaimTimeout * Math.Pow(2, Math.Min(notice.RetryCount, 6)) <= now;

    /// <summary>
    /// Its sender has died, and it is time to ask the provider: a quarter of an hour after the attempt, and while the
    /// provider does not answer, when twice as much time has passed as at the last asking.
    /// </summary>
    public static bool ShouldQueryProvider(this Notice notice, DateTimeOffset now)
    {
        if (!notice.IsAbandoned(now))
            return false;
        if (notice.ProviderQueriedAt is not { } last || last < notice.ClaimedAt)
            return true;
        var wait = last - notice.ClaimedAt!.Value;
        return now - last >= (wait < _maxWait ? wait : _maxWait);
    }
}

/// <param name="Rows">All live rows of the customer; null when one of them cannot be read.</param>
internal sealed record Unsent(string CustomerId, string NoticeId, CustomerAccount? Rows)
{
    public Versioned<Notice>? Notice => Rows?.Notice(NoticeId);
}
