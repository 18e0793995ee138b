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

    /// <summary>How many months are looked at: the month of the day and the year before it.</summary>
    internal const int MaxMonths = 13;

    /// <returns>From the month of the first sale on, newest first, at most <see cref="MaxMonths"/>.</returns>
    internal static IReadOnlyList<MonthOfSales> Of(IEnumerable<Invoice> sold, DateOnly on)
    {
        var months = sold.GroupBy(invoice => StatementPeriod.FirstOfMonth(invoice.Document.IssueDate))
            .ToDictionary(month => month.Key, month => month.Sum(invoice => invoice.Sale.Minor));
        if (months.Count == 0)
            return [];
        var (first, last) = (months.Keys.Min(), StatementPeriod.FirstOfMonth(on));
        return
        [
            .. Enumerable
                .Range(0, MaxMonths)
                .Select(back => last.AddMonths(-back))
                .Where(month => month >= first)
                .Select(month => new MonthOfSales(month.Year, month.Month, months.GetValueOrDefault(month))),
        ];
    }

    internal static IReadOnlyList<MonthOfSales> Add(IEnumerable<MonthOfSales> some, IEnumerable<MonthOfSales> others) =>
        [
            .. some.Concat(others)
                .GroupBy(month => (month.Year, month.Month))
                .OrderByDescending(months => months.Key)
                .Select(months => new MonthOfSales(months.Key.Year, months.Key.Month, months.Sum(one => one.Sales))),
        ];
}
