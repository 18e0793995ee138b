namespace Dunning.Policies.Interest;

/// <summary>Days and years as a rule counts them.</summary>
internal static class DayCounts
{
    /// <param name="after">Not counted.</param>
    /// <param name="until">Counted.</param>
    public static int Between(DayCount dayCount, DateOnly after, DateOnly until) =>
        dayCount == DayCount.Thirty360 ? Day360(until) - Day360(after) : until.DayNumber - after.DayNumber;

    /// <summary>The days of the year in which the day lies.</summary>
    public static int YearOf(DayCount dayCount, DateOnly day) =>
        dayCount switch
        {
            DayCount.Actual365 => 365,
            DayCount.ActualActual => DateTime.IsLeapYear(day.Year) ? 366 : 365,
            _ => 360,
        };

    private static int Day360(DateOnly day) => day.Year * 360 + day.Month * 30 + Math.Min(day.Day, 30);
}
