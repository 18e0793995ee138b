namespace Dunning.Book;

/// <summary>
/// Reminders that were claimed before a change and may be about to leave. Whoever has reported a payment, a hold, a dispute or a void is told that it is
/// accepted only when none can follow any more.
/// </summary>
public sealed class Departures(BookTable book, TimeProvider clock)
{
    /// <summary>A second in all: the most impatient payment provider (QuickBooks) waits three for an answer.</summary>
    private const int Looks = 20;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until what was claimed has left, which takes a moment; true when it takes longer.</summary>
    public async Task<bool> IsReminderLeavingAsync(string customerId, CancellationToken cancel)
    {
        using var beat = new PeriodicTimer(Beat, clock);
        for (var look = 0; await HasClaimedReminderAsync(customerId, cancel); look++)
        {
            if (look == Looks)
                return true;
            await beat.WaitForNextTickAsync(cancel);
        }
        return false;
    }

    private async Task<bool> HasClaimedReminderAsync(string customerId, CancellationToken cancel) =>
        (await book.ReadAsync(customerId, cancel))?.Notices.Any(n => n.Value is { IsReminder: true, State: NoticeState.Sending, Doubt: null } && !n.Value.IsAbandoned(clock.GetUtcNow())) == true;
}
