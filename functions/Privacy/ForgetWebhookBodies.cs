using Dunning.Configuration;
using Dunning.Payments.Webhooks;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Privacy;

/// <summary>
/// Deletes the bodies of webhook deliveries whose retention period has ended, and the look-up rows of payments that
/// wait for their invoice.
/// </summary>
public sealed class ForgetWebhookBodies(Inbox inbox, Lookup lookup, RetentionOptions retention, TimeProvider clock)
{
    private const int BatchSize = 2_000;

    [Function(nameof(ForgetWebhookBodies))]
    public async Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (RetentionOptions.End(retention.WebhookBodiesDays, clock.GetUtcNow()) is not { } end)
            return;
        // Deleted first: an invoice that arrives later must not wait for a payment whose body is deleted.
        await lookup.ForgetAwaitingBeforeAsync(end, cancellationToken);
        await inbox.ForgetBeforeAsync(end, BatchSize, cancellationToken);
    }
}
