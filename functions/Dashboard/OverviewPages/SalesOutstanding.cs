using Dunning.Receivables;

namespace Dunning.Dashboard.OverviewPages;

/// <summary>Days sales outstanding of one currency, with what makes them up.</summary>
/// <param name="Now">Null while too few sales are known.</param>
/// <param name="BestPossible">If nothing were overdue.</param>
public sealed record SalesOutstanding(
    decimal? Now,
    bool IsAtLeast,
    decimal? BestPossible,
    IReadOnlyList<(DateOnly On, decimal Days)> Trend
)
{
    private const int MinMonths = 2;
    private const int TrendMonths = 6;

    internal static SalesOutstanding Create(CurrencySummary currency, DateOnly today)
    {
        if (currency.Sales.Count < MinMonths)
            return new(null, false, null, []);
        var now = DaysSalesOutstanding.CountBack(today, Owed(currency.Ageing).Minor, currency.Sales)!;
        var best = DaysSalesOutstanding.CountBack(today, currency.Ageing.NotDue.Minor, currency.Sales)!;
        return new(
            now.Days,
            now.IsAtLeast,
            best.Days,
            [
                .. currency
                    .MonthEnds.Take(TrendMonths)
                    .Select(end =>
                        (
                            end.On,
                            DaysSalesOutstanding.CountBack(
                                end.On,
                                end.Owed,
                                [.. currency.Sales.SkipWhile(month => !month.Contains(end.On))]
                            )
                        )
                    )
                    .Where(point => point.Item2 is not null)
                    .Select(point => (point.On, point.Item2!.Days)),
            ]
        );
    }

    private static Money Owed(Ageing ageing) => ageing.NotDue + ageing.Overdue;
}
