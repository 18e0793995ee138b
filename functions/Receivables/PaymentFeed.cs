namespace Dunning.Receivables;

/// <summary>
/// A source of payments that comes by itself, such as a webhook endpoint. While it is silent for longer than is usual
/// for it, nobody knows what has been paid.
/// </summary>
/// <param name="Id">Of the endpoint.</param>
/// <param name="Provider">Its name, as in the settings.</param>
public sealed record PaymentFeed(string Id, string Provider) : StoredRecord
{
    /// <summary>From so many days on it is known what is usual.</summary>
    private const int MinDays = 5;

    private const int KeptDays = 30;

    /// <summary>The feed may be late by so many days.</summary>
    private const int Tolerance = 2;

    /// <summary>The last days (UTC) on which something came, the newest last.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>A person has said that nothing was paid until then; null for never.</summary>
    public FeedConfirmation? Confirmed { get; init; }

    public DateOnly? LastDay => Days.Count > 0 ? Days[^1] : null;

    /// <summary>The most days from one to the next; null where too few are known.</summary>
    public int? UsualDays =>
        Days.Count < MinDays ? null : Days.Zip(Days.Skip(1), (day, next) => next.DayNumber - day.DayNumber).Max();

    public PaymentFeed HeardOn(DateOnly day) =>
        Days.Contains(day) ? this : this with { Days = [.. Days.TakeLast(KeptDays - 1), day] };

    /// <summary>It has been silent for more days than ever of late, and two more.</summary>
    public bool IsSilentAt(DateTimeOffset now) => UsualDays is { } usual && SilentDaysAt(now) > usual + Tolerance;

    /// <summary>Since something came, or since a person said that nothing was paid.</summary>
    public int? SilentDaysAt(DateTimeOffset now) =>
        LastDay is { } last
            ? DayOf(now).DayNumber - Math.Max(last.DayNumber, DayOf(Confirmed?.At ?? default).DayNumber)
            : null;

    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}

/// <param name="By">Who says that nothing was paid until then.</param>
/// <param name="At">UTC.</param>
public sealed record FeedConfirmation(string By, DateTimeOffset At) : StoredRecord;
