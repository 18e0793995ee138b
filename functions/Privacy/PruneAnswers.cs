using System.Globalization;
using Dunning.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Privacy;

/// <summary>
/// Deletes expired answers of the Idempotency-Key header: each hour another 256th of the keys.
/// </summary>
public sealed class PruneAnswers(Idempotency idempotency, TimeProvider clock)
{
    [Function(nameof(PruneAnswers))]
    public Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var hour = clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        return idempotency.PruneAsync((hour % 256).ToString("x2", CultureInfo.InvariantCulture), cancellationToken);
    }
}
