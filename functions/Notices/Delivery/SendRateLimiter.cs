using Azure;
using Azure.Data.Tables;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>
/// Gives each message its turn, so that all instances together stay within a provider's quota: Azure Communication
/// Services starts with 30 mails a minute and 100 an hour, a long number sends one SMS segment a second. The turns of a
/// provider are one row, replaced by its version, so there is no lock to be left behind. Without a quota every message
/// may leave at once.
/// </summary>
public sealed class SendRateLimiter(
    TableClient table,
    IReadOnlyList<RateLimit> emails,
    IReadOnlyList<RateLimit> texts,
    TimeProvider clock
)
{
    /// <summary>An expired slot, after an outage for example, must not be used: it would exceed the quota.</summary>
    private static readonly TimeSpan _lasts = TimeSpan.FromMinutes(5);

    /// <summary>When the notice may leave, UTC; not later than now: at once.</summary>
    /// <param name="messages">How many the provider will count, such as the segments of a text.</param>
    public async Task<DateTimeOffset> ReserveSlotAsync(Notice notice, int messages, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (
            QuotasOf(notice) is not { Count: > 0 } quotas
            || notice.SendSlot is { } mine && mine <= now && now < mine + _lasts
        )
            return now;
        var first = now;
        await ChangeAsync(
            notice,
            turns =>
            {
                var taken = turns.Taken.ToList();
                for (var i = 0; i < messages; i++)
                    taken.Add(RateLimit.NextTurn(quotas, taken, turns.ClosedUntil > now ? turns.ClosedUntil : now));
                first = taken[^messages];
                return turns with { Taken = [.. taken.TakeLast(RateLimit.MaxMessages)] };
            },
            cancellationToken
        );
        return first;
    }

    /// <summary>
    /// The provider wants no more for a while (<c>Retry-After</c>): turns from now on are given for afterwards.
    /// </summary>
    public async Task BackOffAsync(Notice notice, TimeSpan wait, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + wait;
        if (QuotasOf(notice).Count > 0)
            await ChangeAsync(
                notice,
                turns => turns.ClosedUntil < until ? turns with { ClosedUntil = until } : turns,
                cancellationToken
            );
    }

    private IReadOnlyList<RateLimit> QuotasOf(Notice notice) => notice.Channel is Channel.Sms ? texts : emails;

    /// <summary>Whoever is refused saw another succeed, so trying again comes to an end.</summary>
    private async Task ChangeAsync(Notice notice, Func<Turns, Turns> change, CancellationToken cancellationToken)
    {
        var key = notice.Channel is Channel.Sms ? "turns-sms" : "turns-email";
        while (true)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                "config",
                key,
                cancellationToken: cancellationToken
            );
            var after = Rows.Write(
                "config",
                key,
                change(row.HasValue ? Rows.Read<Turns>(row.Value!) : new Turns([], default))
            );
            try
            {
                if (row.HasValue)
                    await table.UpdateEntityAsync(after, row.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else
                    await table.AddEntityAsync(after, cancellationToken);
                return;
            }
            catch (RequestFailedException faster) when (faster.Status is 404 or 409 or 412)
            {
                // Read again.
            }
        }
    }

    private sealed record Turns(IReadOnlyList<DateTimeOffset> Taken, DateTimeOffset ClosedUntil);
}
