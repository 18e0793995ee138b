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

    internal static Ageing Create(IReadOnlyList<OpenItem> open, Money unusedCredit, DateOnly on)
    {
        return new(Sum(0, 0), Sum(1, 30), Sum(31, 60), Sum(61, 90), Sum(91, int.MaxValue), unusedCredit);

        Money Sum(int first, int last) =>
            open.Where(item => item.DaysOverdue(on) is var days && first <= days && days <= last)
                .Aggregate(Money.Zero(unusedCredit.Currency), (sum, item) => sum + item.Open);
    }
}
