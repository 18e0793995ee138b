using Azure;
using Dunning.Receivables.Storage;
using Dunning.Recovery;

namespace Dunning.Monitoring;

/// <summary>Reads the few rows that tell of the app's health, and remembers for a moment what it saw.</summary>
/// <param name="window">How old the last scan may be.</param>
public sealed class HealthCheck(
    ReceivablesTable receivables,
    Failures failures,
    Queues queues,
    TimeSpan window,
    TimeProvider clock
)
{
    private static readonly TimeSpan _remembered = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset _since = clock.GetUtcNow();
    private volatile CachedHealth? _last;

    public async Task<Health> CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_last is { } seen && now - seen.At < _remembered)
            return seen.Health;
        var health = await ReadAsync(now, cancellationToken);
        _last = new CachedHealth(health, now);
        return health;
    }

    private async Task<Health> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_timeout);
        try
        {
            await queues.CheckAsync(patience.Token);
            var beats = await receivables.Heartbeats.ReadAsync(patience.Token);
            var poisoned = await failures.FindPoisonedAsync(patience.Token);
            return Health.Create(beats, receivables.Shards.All, poisoned.Count, _since, window, now);
        }
        catch (Exception away)
            when (away is RequestFailedException or AggregateException
                || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return Health.Unreachable;
        }
    }

    private sealed record CachedHealth(Health Health, DateTimeOffset At);
}
