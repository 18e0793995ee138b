using System.Globalization;
using Dunning.Http;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Privacy;

/// <summary>
/// Deletes answers that were kept for repeated requests: a 256th of their slots at each tick, in turn.
/// </summary>
public sealed class PruneAnswers(Idempotency idempotency, TimeProvider clock)
{
    [Function(nameof(PruneAnswers))]
    public Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var tick = clock.GetUtcNow().ToUnixTimeSeconds() / 3600;
        return idempotency.PruneAsync((tick % 256).ToString("x2", CultureInfo.InvariantCulture), cancellationToken);
    }
}
