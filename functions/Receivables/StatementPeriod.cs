namespace Dunning.Receivables;

/// <summary>The days that a statement of account covers, both ends included.</summary>
/// <param name="To">Null for the day on which it is made.</param>
public sealed record StatementPeriod(DateOnly From, DateOnly? To) : StoredRecord
{
    /// <summary>From the first day of the month before: the last full month is always in it.</summary>
    public static StatementPeriod Default(DateOnly today) => new(FirstOfMonth(today).AddMonths(-1), To: null);

    public static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}
