using Azure;
using Dunning.Configuration;
using Dunning.Policies;
using Dunning.Receivables.Storage;
using Dunning.Recovery;

namespace Dunning.Monitoring;

/// <summary>Reads the rows that determine the app's health, and caches the result for 15 seconds.</summary>
public sealed class HealthCheck(
    ReceivablesTable receivables,
    Failures failures,
    Queues queues,
    MonitoringOptions options,
    DunningRules rules,
    TimeProvider clock
)
{
    private static readonly TimeSpan _cacheDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(10);

    private readonly DateTimeOffset _since = clock.GetUtcNow();
    private volatile CachedHealth? _last;

    public async Task<Health> CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_last is { } cached && now - cached.At < _cacheDuration)
            return cached.Health;
        var health = await ReadAsync(now, cancellationToken);
        _last = new CachedHealth(health, now);
        return health;
    }

    private async Task<Health> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await queues.CheckAsync(linked.Token);
            var beats = await receivables.Heartbeats.ReadAsync(linked.Token);
            var sending = await receivables.Sending.ReadAsync(linked.Token);
            var poisoned = await failures.FindPoisonedAsync(linked.Token);
            return Health.Create(
                new HealthFacts(beats, receivables.Shards.All, poisoned.Count, sending)
                {
                    SilentFeeds = rules.Feeds.All.Count(feed => feed.IsSilentAt(now)),
                },
                _since,
                options.MaxScanAge,
                now
            );
        }
        catch (Exception failure)
            when (failure is RequestFailedException or AggregateException
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return Health.Unreachable;
        }
    }

    private sealed record CachedHealth(Health Health, DateTimeOffset At);
}
