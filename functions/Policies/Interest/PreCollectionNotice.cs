namespace Dunning.Policies.Interest;

/// <summary>The dates of a pre-collection notice. The letter states dates, not a number of days.</summary>
internal static class PreCollectionNotice
{
    /// <summary>The earliest last day to pay that the letter may name.</summary>
    /// <param name="isHoliday">Whether a day is a public holiday of the customer's country.</param>
    /// <returns>Null where the law lays no time down.</returns>
    public static DateOnly? EarliestDeadline(
        PreCollectionNoticeRule rule,
        DateOnly sentOn,
        Func<DateOnly, bool> isHoliday
    ) => rule.Days is { } days ? StartOf(rule, sentOn, isHoliday).AddDays(days) : null;

    /// <summary>The first day on which the costs of collection may be charged.</summary>
    /// <returns>Null where the law lays no time down.</returns>
    public static DateOnly? EarliestCosts(
        PreCollectionNoticeRule rule,
        DateOnly sentOn,
        Func<DateOnly, bool> isHoliday
    ) => EarliestDeadline(rule, sentOn, isHoliday)?.AddDays(1);

    /// <summary>
    /// The day on which a posted letter is presumed to be delivered: some days later, never on a day without delivery.
    /// </summary>
    public static DateOnly PresumedDelivery(
        PreCollectionNoticeRule rule,
        DateOnly postedOn,
        Func<DateOnly, bool> isHoliday
    )
    {
        var day = postedOn.AddDays(rule.DeliveryDays ?? 0);
        while (rule.NoDeliveryOn.Contains(day.DayOfWeek) || isHoliday(day))
            day = day.AddDays(1);
        return day;
    }

    private static DateOnly StartOf(PreCollectionNoticeRule rule, DateOnly sentOn, Func<DateOnly, bool> isHoliday) =>
        rule.CountedFrom == NoticeStart.Receipt ? PresumedDelivery(rule, sentOn, isHoliday) : sentOn;
}
