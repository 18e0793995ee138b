namespace Dunning.Notices.Delivery;

/// <summary>A provider's limit: at most so many messages in any period of the given length.</summary>
public sealed record RateLimit
{
    /// <summary>One slot per message of a limit is stored in one table row; this many fit safely.</summary>
    public const int MaxMessages = 100;

    /// <summary>
    /// A limit above <see cref="MaxMessages"/> becomes a smaller one over a shorter period: at most the same rate, and
    /// smaller bursts.
    /// </summary>
    public RateLimit(int messages, TimeSpan per)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(messages, 1);
        var parts = (messages + MaxMessages - 1) / MaxMessages;
        (Messages, Per) = (messages / parts, per / parts);
    }

    /// <param name="perMinute">Null for no limit.</param>
    /// <param name="perHour">Null for no limit.</param>
    public static IReadOnlyList<RateLimit> Of(int? perMinute, int? perHour) =>
        [
            .. perMinute is { } minute ? [new RateLimit(minute, TimeSpan.FromMinutes(1))] : Array.Empty<RateLimit>(),
            .. perHour is { } hour ? [new RateLimit(hour, TimeSpan.FromHours(1))] : Array.Empty<RateLimit>(),
        ];

    public int Messages { get; }

    public TimeSpan Per { get; }

    /// <summary>The first instant, now or later, at which one more message exceeds none of the limits.</summary>
    /// <param name="taken">The slots reserved so far, oldest first.</param>
    public static DateTimeOffset NextSlot(
        IEnumerable<RateLimit> limits,
        IReadOnlyList<DateTimeOffset> taken,
        DateTimeOffset now
    ) =>
        limits
            .Where(limit => taken.Count >= limit.Messages)
            .Select(limit => taken[^limit.Messages] + limit.Per)
            .Append(now)
            .Concat(taken.TakeLast(1))
            .Max();
}
