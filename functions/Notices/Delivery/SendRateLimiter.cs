using Azure;
using Azure.Data.Tables;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Reserves a send slot for each message, so that all instances together stay within a provider's rate limits: Azure
/// Communication Services starts with 30 emails per minute and 100 per hour; a long number sends one SMS segment per
/// second. The slots of a provider are one row, replaced by its ETag, so a crash leaves no lock behind. Without limits
/// every message is sent immediately.
/// </summary>
public sealed class SendRateLimiter(
    TableClient table,
    IReadOnlyList<RateLimit> emailLimits,
    IReadOnlyList<RateLimit> smsLimits,
    TimeProvider clock
)
{
    /// <summary>An expired slot, after an outage for example, must not be used: it would exceed the limit.</summary>
    private static readonly TimeSpan _slotLifetime = TimeSpan.FromMinutes(5);

    /// <summary>When the notice may be sent, UTC. Not later than now: immediately.</summary>
    /// <param name="messages">As how many messages the provider counts it, such as the segments of an SMS.</param>
    public async Task<DateTimeOffset> ReserveSlotAsync(Notice notice, int messages, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (
            LimitsFor(notice) is not { Count: > 0 } limits
            || notice.SendSlot is { } reserved && reserved <= now && now < reserved + _slotLifetime
        )
            return now;
        var first = now;
        await ChangeAsync(
            notice,
            slots =>
            {
                var taken = slots.Taken.ToList();
                for (var i = 0; i < messages; i++)
                    taken.Add(RateLimit.NextSlot(limits, taken, slots.ClosedUntil > now ? slots.ClosedUntil : now));
                first = taken[^messages];
                return slots with { Taken = [.. taken.TakeLast(RateLimit.MaxMessages)] };
            },
            cancellationToken
        );
        return first;
    }

    /// <summary>
    /// The provider asked for a pause (<c>Retry-After</c>): new slots begin after it.
    /// </summary>
    public async Task BackOffAsync(Notice notice, TimeSpan wait, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + wait;
        if (LimitsFor(notice).Count > 0)
            await ChangeAsync(
                notice,
                slots => slots.ClosedUntil < until ? slots with { ClosedUntil = until } : slots,
                cancellationToken
            );
    }

    private IReadOnlyList<RateLimit> LimitsFor(Notice notice) =>
        notice.Channel is Channel.Sms ? smsLimits : emailLimits;

    /// <summary>Retries without a limit: a conflict means that another writer succeeded, so the loop ends.</summary>
    private async Task ChangeAsync(Notice notice, Func<Slots, Slots> change, CancellationToken cancellationToken)
    {
        var key = notice.Channel is Channel.Sms ? "turns-sms" : "turns-email";
        while (true)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                Keys.ConfigPartition,
                key,
                cancellationToken: cancellationToken
            );
            var after = Rows.Write(
                Keys.ConfigPartition,
                key,
                change(row.HasValue ? Rows.Read<Slots>(row.Value!) : new Slots([], default))
            );
            try
            {
                if (row.HasValue)
                    await table.UpdateEntityAsync(after, row.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else
                    await table.AddEntityAsync(after, cancellationToken);
                return;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412)
            {
                // Another writer was first: read again.
            }
        }
    }

    private sealed record Slots(IReadOnlyList<DateTimeOffset> Taken, DateTimeOffset ClosedUntil);
}
