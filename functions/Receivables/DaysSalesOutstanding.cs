namespace Dunning.Receivables;

/// <summary>
/// Days sales outstanding by the count-back method: how many days of sales, counted back from the day, make up what is
/// owed. Sales are gross, less credit notes, like the balances.
/// </summary>
/// <param name="Days">Not rounded. With <paramref name="IsAtLeast"/>, all days of the known months.</param>
/// <param name="IsAtLeast">
/// More is owed than all known months of sales: it is more than <paramref name="Days"/>.
/// </param>
internal sealed record DaysSalesOutstanding(decimal Days, bool IsAtLeast)
{
    /// <param name="owed">Minor units. Zero or less: zero days.</param>
    /// <param name="sales">
    /// Minor units by month, newest first, without a gap; the first is the month of the day.
    /// </param>
    /// <returns>Null when no month of sales is known.</returns>
    public static DaysSalesOutstanding? CountBack(DateOnly on, long owed, IReadOnlyList<MonthOfSales> sales)
    {
        if (sales.Count == 0)
            return null;
        decimal days = 0;
        foreach (var month in sales)
        {
            if (owed <= 0)
                return new(days, IsAtLeast: false);
            var length = month.Contains(on) ? on.Day : month.Days;
            if (month.Sales > 0 && owed < month.Sales)
                return new(days + (decimal)owed / month.Sales * length, IsAtLeast: false);
            days += length;
            // A month of more credit than sales does not raise what is owed.
            owed -= Math.Max(0, month.Sales);
        }
        return new(days, IsAtLeast: owed > 0);
    }
}

/// <param name="Sales">Minor units: invoices issued in the month, less credit notes.</param>
public sealed record MonthOfSales(int Year, int Month, long Sales)
{
    public int Days => DateTime.DaysInMonth(Year, Month);

    public bool Contains(DateOnly day) => (day.Year, day.Month) == (Year, Month);
}
