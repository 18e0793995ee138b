using System.Globalization;
using System.Text.RegularExpressions;

namespace Dunning.Policies.Calendars;

/// <summary>
/// One holiday as a rule: <c>12-25</c> (every year), <c>12-25*</c> (moved to Monday when it falls on a weekend),
/// <c>12-25!</c> (moved to the nearest weekday), <c>easter+39</c>, <c>05-monday-1</c>, <c>05-monday-last</c>, or a
/// single day <c>2026-03-20</c>.
/// </summary>
internal sealed partial record HolidayRule(Func<DateOnly, bool> Falls)
{
    public static HolidayRule Parse(string rule)
    {
        if (DateOnly.TryParseExact(rule, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var once))
            return new(day => day == once);
        if (Yearly().Match(rule) is { Success: true } yearly && IsDay(yearly.Groups[1].Value, yearly.Groups[2].Value))
            return YearlyRule(Number(yearly.Groups[1]), Number(yearly.Groups[2]), yearly.Groups[3].Value);
        if (AroundEaster().Match(rule) is { Success: true } around)
            return EasterRule(Number(around.Groups[1]));
        if (
            WeekdayOfMonth().Match(rule) is { Success: true } weekday
            && IsDay(weekday.Groups[1].Value, "01")
            && Enum.TryParse<DayOfWeek>(weekday.Groups[2].Value, true, out var name)
        )
            return WeekdayRule(Number(weekday.Groups[1]), name, weekday.Groups[3].Value);
        throw new FormatException(
            $"'{rule}' is not a holiday rule: write 2026-03-20, 12-25, 12-25*, 12-25!, easter+39, 05-monday-1 or "
                + "05-monday-last."
        );
    }

    private static HolidayRule YearlyRule(int month, int dayOfMonth, string observed) =>
        new(day =>
            Is(day, month, dayOfMonth)
            || (observed, day.DayOfWeek) switch
            {
                ("*", DayOfWeek.Monday) => Is(day.AddDays(-1), month, dayOfMonth)
                    || Is(day.AddDays(-2), month, dayOfMonth),
                ("!", DayOfWeek.Monday) => Is(day.AddDays(-1), month, dayOfMonth),
                ("!", DayOfWeek.Friday) => Is(day.AddDays(1), month, dayOfMonth),
                _ => false,
            }
        );

    // Rules capture numbers, never the regex match: its groups are evaluated lazily and are not thread-safe.
    private static HolidayRule EasterRule(int days) => new(day => day == Easter(day.Year).AddDays(days));

    private static HolidayRule WeekdayRule(int month, DayOfWeek name, string which) =>
        new(day =>
            day.Month == month
            && day.DayOfWeek == name
            && (which == "last" ? day.AddDays(7).Month != month : (day.Day - 1) / 7 + 1 == which[0] - '0')
        );

    /// <summary>Whether a leap year has the day.</summary>
    private static bool IsDay(string month, string day) =>
        DateOnly.TryParseExact(
            $"2028-{month}-{day}",
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _
        );

    private static bool Is(DateOnly day, int month, int dayOfMonth) => day.Month == month && day.Day == dayOfMonth;

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm).</summary>
    private static DateOnly Easter(int year)
    {
        int a = year % 19,
            b = year / 100,
            c = year % 100;
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }

    [GeneratedRegex(@"^(\d\d)-(\d\d)([*!])?$")]
    private static partial Regex Yearly();

    [GeneratedRegex(@"^easter([+-]\d{1,2})$")]
    private static partial Regex AroundEaster();

    [GeneratedRegex("^(\\d\\d)-([a-z]+)-([1-4]|last)$")]
    private static partial Regex WeekdayOfMonth();
}
