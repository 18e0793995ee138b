using System.Runtime.CompilerServices;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Recovery;

internal static class Outbox
{
    private static readonly TimeSpan _maxQueryInterval = TimeSpan.FromHours(8);

    /// <summary>
    /// Every notice of the outbox that should have been sent by now. A customer whose rows cannot be read is returned,
    /// too, and does not hide the others.
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

    public static async Task<(bool IsReadable, CustomerAccount? Account)> TryReadAsync(
        this ReceivablesTable receivables,
        CustomerId customerId,
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
    /// Planned, and not sent <see cref="Notice.ClaimTimeout"/> after the planned time. The wait doubles with each
    /// retry.
    /// </summary>
    public static bool IsStalled(this Notice notice, DateTimeOffset now) =>
        notice.State is NoticeState.Planned
        && !notice.Channel.IsByPerson()
        && notice.NotBefore + Notice.ClaimTimeout * Math.Pow(2, Math.Min(notice.RetryCount, 6)) <= now;

    /// <summary>
    /// True when its sender stopped after the claim and the provider should be queried: first after the claim timeout,
    /// then, while the provider does not answer, each time the age of the claim has doubled, at least every 8 hours.
    /// </summary>
    public static bool ShouldQueryProvider(this Notice notice, DateTimeOffset now)
    {
        if (!notice.IsAbandoned(now))
            return false;
        if (notice.ProviderQueriedAt is not { } last || last < notice.ClaimedAt)
            return true;
        var wait = last - notice.ClaimedAt!.Value;
        return now - last >= (wait < _maxQueryInterval ? wait : _maxQueryInterval);
    }
}

/// <param name="Account">The open rows of the customer; null when one of them cannot be read.</param>
internal sealed record Unsent(CustomerId CustomerId, NoticeId NoticeId, CustomerAccount? Account)
{
    public Versioned<Notice>? Notice => Account?.Notice(NoticeId);
}
