namespace Dunning.Notices.Delivery;

/// <summary>What a provider lets through: so many messages in any stretch of so long.</summary>
public sealed record RateLimit
{
    /// <summary>A turn is remembered for every message of a quota: this many fit a row with room to spare.</summary>
    public const int MaxMessages = 100;

    /// <summary>
    /// A large quota is kept as several small ones, one after the other: no more in all, and no great bursts.
    /// </summary>
    public RateLimit(int messages, TimeSpan per)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        var parts = (messages + MaxMessages - 1) / MaxMessages;
        (Messages, Per) = (messages / parts, per / parts);
    }

    public int Messages { get; }

    public TimeSpan Per { get; }

    /// <summary>The first instant, now or later, at which one more message exceeds none of the quotas.</summary>
    /// <param name="taken">The turns given so far, oldest first.</param>
    public static DateTimeOffset NextTurn(
        IEnumerable<RateLimit> quotas,
        IReadOnlyList<DateTimeOffset> taken,
        DateTimeOffset now
    ) =>
        quotas
            .Where(q => taken.Count >= q.Messages)
            .Select(q => taken[^q.Messages] + q.Per)
            .Append(now)
            .Concat(taken.TakeLast(1))
            .Max();
}
