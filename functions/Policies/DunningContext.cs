using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>What every decision about a customer uses, besides the rows that it is about.</summary>
/// <param name="Now">UTC.</param>
public sealed record DunningContext(Customer Customer, DunningRules Rules, DateTimeOffset Now)
{
    /// <summary>The date in the customer's time zone.</summary>
    public DateOnly Today => Rules.Today(Customer, Now);

    /// <summary>The date of an instant in the customer's time zone.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => Rules.Today(Customer, instant);

    internal Policy PolicyOf(Invoice invoice) => Rules.Policies.Of(invoice);

    /// <summary>Payments may have come that nobody knows of: nothing firm is sent. Null when all is well.</summary>
    internal PaymentFeed? SilentFeed => Rules.Feeds.SilentAt(Now);

    /// <inheritdoc cref="DunningRules.InstantOf"/>
    public DateTimeOffset InstantOf(DateOnly day, TimeOnly time) => Rules.InstantOf(Customer, day, time);

    /// <summary>A public holiday where the customer is.</summary>
    public bool IsHoliday(DateOnly day) => Rules.Calendar.IsHoliday(day, Customer.Country);

    /// <summary>The day itself if it is a business day of the customer, else the next one.</summary>
    public DateOnly Following(DateOnly day) => Rules.Calendar.Following(day, Customer.Country);
}
