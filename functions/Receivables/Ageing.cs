namespace Dunning.Receivables;

/// <summary>
/// Open items by the calendar days since their due date. An item due on the day itself is not overdue. Disputed items
/// and items on hold count.
/// </summary>
/// <param name="UnusedCredit">What was paid too much; a line of its own, never deducted from a bucket.</param>
public sealed record Ageing(
    Money NotDue,
    Money Days1To30,
    Money Days31To60,
    Money Days61To90,
    Money Over90,
    Money UnusedCredit
)
{
    public Money Overdue => Days1To30 + Days31To60 + Days61To90 + Over90;

    public Money Outstanding => NotDue + Overdue - UnusedCredit;

    public static Ageing operator +(Ageing a, Ageing b) =>
        new(
            a.NotDue + b.NotDue,
            a.Days1To30 + b.Days1To30,
            a.Days31To60 + b.Days31To60,
            a.Days61To90 + b.Days61To90,
            a.Over90 + b.Over90,
            a.UnusedCredit + b.UnusedCredit
        );

    internal static Ageing Create(IReadOnlyList<OpenItem> open, Money unusedCredit, DateOnly on) =>
        Create(open.Select(item => (item.DaysOverdue(on), item.Open)), unusedCredit);

    /// <param name="open">What is owed, and for how many calendar days it has been overdue.</param>
    internal static Ageing Create(IEnumerable<(int DaysOverdue, Money Open)> open, Money unusedCredit)
    {
        var buckets = open.ToLookup(item => BucketOf(item.DaysOverdue), item => item.Open);
        return new(
            Sum(AgeBucket.NotDue),
            Sum(AgeBucket.Days1To30),
            Sum(AgeBucket.Days31To60),
            Sum(AgeBucket.Days61To90),
            Sum(AgeBucket.Over90),
            unusedCredit
        );

        Money Sum(AgeBucket bucket) =>
            buckets[bucket].Aggregate(Money.Zero(unusedCredit.Currency), (sum, amount) => sum + amount);
    }

    /// <param name="daysOverdue">Zero or less when it is not overdue.</param>
    public static AgeBucket BucketOf(int daysOverdue) =>
        daysOverdue switch
        {
            <= 0 => AgeBucket.NotDue,
            <= 30 => AgeBucket.Days1To30,
            <= 60 => AgeBucket.Days31To60,
            <= 90 => AgeBucket.Days61To90,
            _ => AgeBucket.Over90,
        };

    public Money this[AgeBucket bucket] =>
        bucket switch
        {
            AgeBucket.NotDue => NotDue,
            AgeBucket.Days1To30 => Days1To30,
            AgeBucket.Days31To60 => Days31To60,
            AgeBucket.Days61To90 => Days61To90,
            _ => Over90,
        };
}

/// <summary>By the days for which something has been overdue.</summary>
public enum AgeBucket
{
    NotDue,
    Days1To30,
    Days31To60,
    Days61To90,
    Over90,
}
