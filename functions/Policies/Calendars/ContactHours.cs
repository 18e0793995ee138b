using Dunning.Receivables;

namespace Dunning.Policies.Calendars;

/// <summary>
/// The hours in which messages may be sent to people of a region, in their local time. All that apply have to be open:
/// <c>calendars.json</c> and the creditor's calendar file have them under <c>hours</c>.
/// </summary>
/// <param name="Region">ISO 3166-1 alpha-2, optionally with a subdivision; <c>*</c> for all.</param>
internal sealed record ContactHours(string Region, TimeOnly Opens, TimeOnly Closes)
{
    /// <summary>Null for every channel.</summary>
    public Channel? Channel { get; init; }

    /// <summary>Null for everybody. Where it is not known of a customer, the rule applies.</summary>
    public CustomerKind? Kind { get; init; }

    /// <summary>Of a season, such as Ramadan: its first day; null for all year.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day of a season.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The dates depend on the moon, and are not certain yet.</summary>
    public bool IsProvisional { get; init; }

    /// <summary>The law or the guide that says so.</summary>
    public string? Source { get; init; }

    public bool IsSeason => From is not null || Until is not null;

    /// <param name="isPhone">
    /// For SMS and calls, which have the hours of SMS; false for email, by which copies go, too, and for letters.
    /// </param>
    public bool Covers(bool isPhone) => Channel is null || Channel is Receivables.Channel.Sms == isPhone;

    public bool AppliesOn(DateOnly day) => !(day < From) && !(day > Until);
}

/// <summary>The most reminders that a person of a region may get in some days.</summary>
/// <param name="Channel">Null for all channels together.</param>
/// <param name="Days">Today included.</param>
internal sealed record ContactCap(Channel? Channel, int Count, int Days)
{
    public string Region { get; init; } = Calendar.Everywhere;

    /// <inheritdoc cref="ContactHours.Kind"/>
    public CustomerKind? Kind { get; init; }
    public string? Source { get; init; }

    public bool Counts(Channel channel) => Channel is null || Channel == channel;
}
