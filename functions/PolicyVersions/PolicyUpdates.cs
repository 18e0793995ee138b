using Azure;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Dunning.PolicyVersions;

/// <summary>
/// Keeps the catalog of this instance up to date with the saved versions, and with the feeds of payments. A version is
/// active a minute after it was saved, and nothing is decided with a catalog that is older than 15 seconds: so no
/// instance meets an invoice with a version that it does not know. The worker refreshes it before each function, as a
/// middleware;
/// <see cref="CustomerTransactions"/> and the intake of invoices do so, too, because a function may run for minutes.
/// </summary>
public sealed class PolicyUpdates(
    PolicyTable table,
    PaymentFeedRows feeds,
    DunningRules rules,
    TimeProvider clock,
    ILogger<PolicyUpdates> log
) : IFunctionsWorkerMiddleware, IDisposable
{
    public static readonly TimeSpan ActiveAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _maxAge = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _reading = new(1);
    private readonly HashSet<PolicyVersion> _warned = [];
    private IReadOnlyList<StoredPolicy> _stored = [];
    private Times _times = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await TryRefreshAsync(context.CancellationToken);
        await next(context);
    }

    /// <summary>For what works without storage, too, such as the health check.</summary>
    public async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (Exception outage) when (outage is RequestFailedException or AggregateException)
        {
            log.LogWarning(outage, "The saved policies cannot be read");
        }
    }

    /// <summary>
    /// Reads the saved versions when they were last read 15 seconds ago; those whose time has come are in effect then.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage is unavailable.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_times.IsFresh(clock.GetUtcNow()))
            return;
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (now - _times.ReadAt >= _maxAge)
                await ReadAsync(now, cancellationToken);
            else if (!_times.IsFresh(now))
                Update(_times.ReadAt, now);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads the saved versions now.</summary>
    /// <returns>All of them.</returns>
    /// <exception cref="RequestFailedException">Storage is unavailable.</exception>
    public async Task<IReadOnlyList<StoredPolicy>> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            await ReadAsync(clock.GetUtcNow(), cancellationToken);
            return _stored;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    /// <param name="now">Before the read: what is saved meanwhile is read the next time.</param>
    private async Task ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var readFeeds = feeds.ReadAsync(cancellationToken);
        _stored = await table.ReadAllAsync(cancellationToken);
        rules.Feeds.Update(await readFeeds);
        Update(now, now);
    }

    private void Update(DateTimeOffset readAt, DateTimeOffset now)
    {
        foreach (var shadowed in rules.Policies.Update(_stored.Select(one => (one.Policy, one.ActiveFrom <= now))))
            if (_warned.Add(shadowed))
                log.LogWarning(
                    "The policies file has {Policy}, and a person has saved another policy with this version, which "
                        + "is used: give the one in the file a higher version",
                    shadowed.ToString()
                );
        var next = _stored
            .Select(one => one.ActiveFrom)
            .Where(from => from > now)
            .DefaultIfEmpty(DateTimeOffset.MaxValue);
        _times = new Times(readAt, next.Min());
    }

    /// <param name="NextActive">When the next version becomes active.</param>
    private sealed record Times(DateTimeOffset ReadAt, DateTimeOffset NextActive)
    {
        public bool IsFresh(DateTimeOffset now) => now - ReadAt < _maxAge && now < NextActive;
    }
}
