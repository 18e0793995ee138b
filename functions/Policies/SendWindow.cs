using Dunning.Receivables;
using NodaTime;

namespace Dunning.Policies;

/// <summary>
/// When messages may be sent: on business days, in the customer's local time, email 08:00–18:00 and SMS 09:00–17:00.
/// The latter is inside the statutory hours of the US, France, Russia and Indonesia, none of which begin after 09:00 or
/// end before 20:00.
/// </summary>
internal static class SendWindow
{
    private static readonly (TimeOnly Opens, TimeOnly Closes) _email = (new(8, 0), new(18, 0));
    private static readonly (TimeOnly Opens, TimeOnly Closes) _sms = (new(9, 0), new(17, 0));

    /// <summary>Why the window is closed now, for the history of the invoices that wait.</summary>
    public static EventReason WhyClosed(DunningContext context) =>
        context.Rules.Calendar.IsBusinessDay(context.Today, context.Customer.Country)
            ? EventReason.OutsideSendWindow
            : EventReason.NonBusinessDay;

    /// <summary>The present if the window is open, else the next instant at which it opens.</summary>
    public static DateTimeOffset From(DunningContext context, Channel channel)
    {
        var (customer, rules, now) = context;
        var (opens, closes) = channel is Channel.Sms ? _sms : _email;
        var local = Instant.FromDateTimeOffset(now).InZone(rules.ZoneOf(customer)).LocalDateTime;
        var (today, time) = (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
        var isBusinessDay = rules.Calendar.IsBusinessDay(today, customer.Country);
        if (isBusinessDay && time >= opens && time < closes)
            return now;
        var day = isBusinessDay && time < opens ? today : rules.Calendar.Following(today.AddDays(1), customer.Country);
        return context.InstantOf(day, opens);
    }
}
