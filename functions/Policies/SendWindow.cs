using Dunning.Receivables;
using NodaTime;

namespace Dunning.Policies;

/// <summary>
/// When messages may be sent: on business days, in the customer's local time, in the hours that the calendar gives for
/// the place, the channel, and whether the customer is a business.
/// </summary>
internal static class SendWindow
{
    /// <summary>Longer than any feast with its weekends.</summary>
    private const int MaxDays = 366;

    /// <summary>Why the window is closed now, for the history of the invoices that wait.</summary>
    public static EventReason WhyClosed(DunningContext context) =>
        context.Rules.Calendar.IsBusinessDay(context.Today, context.Customer.Country)
            ? EventReason.OutsideSendWindow
            : EventReason.NonBusinessDay;

    /// <summary>
    /// When the messages of a day are planned: at the policy's hour; at the opening where that hour lies outside the
    /// day's hours, as in Ramadan or on the eve of a feast.
    /// </summary>
    public static DateTimeOffset PlanningStart(DunningContext context, DateOnly day, TimeOnly sendAt)
    {
        var (customer, rules, _) = context;
        var hours = rules.Calendar.HoursOf(day, customer.Country, Channel.Email, customer.Kind);
        var isOutside = hours is var (opens, closes) && (sendAt < opens || sendAt >= closes);
        return context.InstantOf(day, isOutside ? hours!.Value.Opens : sendAt);
    }

    /// <summary>The present if the window is open, else the next instant at which it opens.</summary>
    /// <exception cref="InvalidOperationException">The calendar gives no hour of a whole year.</exception>
    public static DateTimeOffset From(DunningContext context, Channel channel)
    {
        var (customer, rules, now) = context;
        var local = Instant.FromDateTimeOffset(now).InZone(rules.ZoneOf(customer)).LocalDateTime;
        var (today, time) = (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
        for (var day = today; day < today.AddDays(MaxDays); day = day.AddDays(1))
        {
            if (rules.Calendar.HoursOf(day, customer.Country, channel, customer.Kind) is not var (opens, closes))
                continue;
            if (day > today || time < opens)
                return context.InstantOf(day, opens);
            if (time < closes)
                return now;
        }
        throw new InvalidOperationException(
            $"The calendar allows no message by {channel.Name()} to {customer.Country} within a year: correct it."
        );
    }

    /// <summary>The end of the hours in which the window is open at an instant.</summary>
    /// <param name="opens">From <see cref="From"/>.</param>
    public static DateTimeOffset End(DunningContext context, Channel channel, DateTimeOffset opens)
    {
        var (customer, rules, _) = context;
        var day = context.DayOf(opens);
        return
            rules.Calendar.HoursOf(day, customer.Country, channel, customer.Kind) is var (_, closes)
            && closes < TimeOnly.MaxValue
            ? context.InstantOf(day, closes)
            : context.InstantOf(day.AddDays(1), TimeOnly.MinValue);
    }
}
