using Dunning.Receivables;

namespace Dunning.Dashboard.OverviewPages;

/// <summary>What is owed in one currency.</summary>
/// <param name="Count">Of open invoices with a balance.</param>
/// <param name="Sales">Newest month first, without a gap.</param>
public sealed record CurrencySummary(
    Ageing Ageing,
    int Count,
    Money Promised,
    Money Disputed,
    IReadOnlyList<MonthOfSales> Sales
) : StoredRecord
{
    public string Currency => Promised.Currency;

    /// <summary>What was owed at the end of the months before, newest first; as far as it was recorded.</summary>
    public IReadOnlyList<MonthEnd> MonthEnds { get; init; } = [];

    internal CurrencySummary Plus(CurrencySummary other) =>
        new(
            Ageing + other.Ageing,
            Count + other.Count,
            Promised + other.Promised,
            Disputed + other.Disputed,
            MonthOfSales.Add(Sales, other.Sales)
        )
        {
            MonthEnds =
            [
                .. MonthEnds
                    .Concat(other.MonthEnds)
                    .GroupBy(end => end.On)
                    .OrderByDescending(ends => ends.Key)
                    .Select(ends => new MonthEnd(ends.Key, ends.Sum(end => end.Owed))),
            ],
        };
}

/// <param name="On">The last day of the month.</param>
/// <param name="Owed">Minor units.</param>
public sealed record MonthEnd(DateOnly On, long Owed);
