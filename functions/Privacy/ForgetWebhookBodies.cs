using Dunning.Configuration;
using Dunning.Payments.Webhooks;
using Dunning.Receivables.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Privacy;

/// <summary>
/// Deletes the bodies of webhooks that have been kept for as long as the settings say, and stops waiting for their
/// invoices.
/// </summary>
public sealed class ForgetWebhookBodies(Inbox inbox, Lookup lookup, RetentionOptions retention, TimeProvider clock)
{
    private const int BatchSize = 2_000;

    [Function(nameof(ForgetWebhookBodies))]
    public async Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (RetentionOptions.End(retention.WebhookBodiesDays, clock.GetUtcNow()) is not { } end)
            return;
        // An invoice that comes in later must not wait for a payment whose text is gone.
        await lookup.ForgetAwaitingBeforeAsync(end, cancellationToken);
        await inbox.ForgetBeforeAsync(end, BatchSize, cancellationToken);
    }
}
