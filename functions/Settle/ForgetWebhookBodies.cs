using Microsoft.Azure.Functions.Worker;

namespace Dunning.Settle;

/// <summary>Deletes the bodies of webhooks that have been kept for as long as the settings say.</summary>
public sealed class ForgetWebhookBodies(Inbox inbox, Retention retention, TimeProvider clock)
{
    private const int Share = 2_000;

    [Function(nameof(ForgetWebhookBodies))]
    public async Task Run([TimerTrigger("%RetentionSchedule%")] TimerInfo timer, CancellationToken cancel)
    {
        if (Retention.End(retention.WebhookBodiesDays, clock.GetUtcNow()) is { } end)
            await inbox.ForgetBeforeAsync(end, Share, cancel);
    }
}
