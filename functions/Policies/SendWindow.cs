using Dunning.Receivables;
using NodaTime;

namespace Dunning.Policies;

/// <summary>
/// When a channel may be used, in the customer's local time and only on business days: mail 08:00–18:00, text messages
/// 09:00–17:00 (inside the statutory hours of the US, France, Russia and Indonesia, none of which begins after 09:00 or
/// ends before 20:00).
/// </summary>
internal static class SendWindow
{
    private static readonly (TimeOnly Opens, TimeOnly Closes) _mail = (new(8, 0), new(18, 0));
    private static readonly (TimeOnly Opens, TimeOnly Closes) _text = (new(9, 0), new(17, 0));

    /// <summary>The given instant when the window is open then, else the next instant at which it opens.</summary>
    public static DateTimeOffset From(Channel channel, Customer customer, DunningRules rules, DateTimeOffset now)
    {
        var (opens, closes) = channel is Channel.Sms ? _text : _mail;
        var local = Instant.FromDateTimeOffset(now).InZone(rules.ZoneOf(customer)).LocalDateTime;
        var (today, time) = (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
        var isBusinessDay = rules.Calendar.IsBusinessDay(today, customer.Country);
        if (isBusinessDay && time >= opens && time < closes)
            return now;
        var day = isBusinessDay && time < opens ? today : rules.Calendar.Following(today.AddDays(1), customer.Country);
        return rules.InstantOf(customer, day, opens);
    }
}
