using System.Globalization;

namespace Dunning.Policies;

/// <summary>Days of a year, or of every year, both ends included; it may go over the end of the year.</summary>
internal sealed record QuietPeriod
{
    public const int MaxDays = 90;

    /// <summary>A leap year, so that 29 February is a day.</summary>
    private const string AnyYear = "2024";

    private DateOnly First { get; init; }
    private DateOnly Last { get; init; }
    private bool IsYearly { get; init; }

    /// <param name="text">
    /// A day or two days with <c>..</c> between them; <c>MM-dd</c> for every year, <c>yyyy-MM-dd</c> for once.
    /// </param>
    /// <returns>Null for another form, and for more than <see cref="MaxDays"/> days.</returns>
    public static QuietPeriod? TryParse(string text)
    {
        var ends = text.Split("..");
        var isYearly = ends[0].Length == "MM-dd".Length;
        if (ends.Length > 2 || DayOf(ends[0], isYearly) is not { } first || DayOf(ends[^1], isYearly) is not { } last)
            return null;
        if (isYearly && last < first)
            last = last.AddYears(1);
        return last < first || last.DayNumber - first.DayNumber >= MaxDays
            ? null
            : new QuietPeriod
            {
                First = first,
                Last = last,
                IsYearly = isYearly,
            };
    }

    public bool Includes(DateOnly day)
    {
        if (!IsYearly)
            return day >= First && day <= Last;
        var inYear = new DateOnly(First.Year, day.Month, day.Day);
        return inYear >= First && inYear <= Last || inYear.AddYears(1) <= Last;
    }

    private static DateOnly? DayOf(string text, bool isYearly) =>
        DateOnly.TryParseExact(
            isYearly ? $"{AnyYear}-{text}" : text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;
}
