using System.Globalization;
using System.Text.RegularExpressions;

namespace Dunning.Policies.Calendars;

/// <summary>Which day is off instead of a holiday that falls on a weekend.</summary>
internal enum SubstituteDay
{
    None,

    /// <summary>The first business day after it.</summary>
    NextBusinessDay,

    /// <summary>
    /// The same, but only of a holiday on the weekly day of rest, the Sunday, or the Friday where the weekend begins on
    /// it (Malaysia: Holidays Act 1951 s. 3).
    /// </summary>
    AfterRestDay,

    /// <summary>The Friday before a Saturday, the Monday after a Sunday.</summary>
    NearestWeekday,
}

/// <summary>
/// One holiday as a rule: <c>12-25</c> (every year), <c>easter+39</c>, <c>05-monday-1</c>, <c>05-monday-last</c>,
/// <c>05-monday-before-25</c>, or a single day <c>2026-03-20</c>. A mark for the substitute may follow: <c>*</c> the
/// next business day, <c>+</c> the same after the day of rest, <c>!</c> the nearest weekday; then <c>~</c> for a half
/// day, and <c>?</c> for a provisional one.
/// </summary>
/// <param name="DayIn">The day in a year; null for none.</param>
internal sealed partial record HolidayRule(Func<int, DateOnly?> DayIn, SubstituteDay Substitute, Holiday Holiday)
{
    /// <summary>One day of one year.</summary>
    public static HolidayRule On(DateOnly day) =>
        new(year => year == day.Year ? day : null, SubstituteDay.None, new Holiday());

    /// <exception cref="FormatException">It is none; the message names the valid forms.</exception>
    public static HolidayRule Parse(string rule) =>
        Whole().Match(rule) is { Success: true } whole
        && (Once(whole) ?? Yearly(whole) ?? AroundEaster(whole) ?? Weekday(whole)) is { } dayIn
            ? new(
                dayIn,
                whole.Groups["substitute"].Value switch
                {
                    "*" => SubstituteDay.NextBusinessDay,
                    "+" => SubstituteDay.AfterRestDay,
                    "!" => SubstituteDay.NearestWeekday,
                    _ => SubstituteDay.None,
                },
                new Holiday(whole.Groups["half"].Success, whole.Groups["provisional"].Success)
            )
            : throw new FormatException(
                $"'{rule}' is not a holiday rule: write 2026-03-20, 12-25, easter+39, 05-monday-1, 05-monday-last or "
                    + "05-monday-before-25, and after it *, + or ! for a substitute, ~ for a half day, ? for a "
                    + "provisional one."
            );

    private static Func<int, DateOnly?>? Once(Match rule) =>
        rule.Groups["once"].Success
        && DateOnly.TryParseExact(
            rule.Groups["once"].Value,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? year => year == day.Year ? day : null
            : null;

    private static Func<int, DateOnly?>? Yearly(Match rule)
    {
        var (month, day) = (Number(rule, "month"), Number(rule, "day"));
        return IsDay(month, day)
            ? year => DateTime.DaysInMonth(year, month) < day ? null : new DateOnly(year, month, day)
            : null;
    }

    private static Func<int, DateOnly?>? AroundEaster(Match rule)
    {
        if (!rule.Groups["easter"].Success)
            return null;
        var days = Number(rule, "easter");
        return year => Easter(year).AddDays(days);
    }

    private static Func<int, DateOnly?>? Weekday(Match rule)
    {
        // Rules capture numbers, never the match: its groups are evaluated lazily and are not thread-safe.
        var (month, before, count) = (Number(rule, "ofMonth"), Number(rule, "before"), Number(rule, "count"));
        if (!IsDay(month, 1) || !Enum.TryParse<DayOfWeek>(rule.Groups["weekday"].Value, true, out var name))
            return null;
        if (rule.Groups["before"].Success)
            return IsDay(month, before) ? year => Back(new DateOnly(year, month, before).AddDays(-1), name) : null;
        return count > 0
            ? year => Back(new DateOnly(year, month, 7 * count), name)
            : year => Back(new DateOnly(year, month, DateTime.DaysInMonth(year, month)), name);
    }

    /// <summary>The day itself, or the last one before it with the name.</summary>
    private static DateOnly Back(DateOnly day, DayOfWeek name) => day.AddDays(-((day.DayOfWeek - name + 7) % 7));

    /// <summary>Whether a leap year has the day.</summary>
    private static bool IsDay(int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2028, month);

    private static int Number(Match rule, string group) =>
        rule.Groups[group].Success ? int.Parse(rule.Groups[group].Value, CultureInfo.InvariantCulture) : 0;

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

    [GeneratedRegex(
        @"^(?:(?<once>\d{4}-\d\d-\d\d)|(?<month>\d\d)-(?<day>\d\d)|easter(?<easter>[+-]\d{1,2})|"
            + @"(?<ofMonth>\d\d)-(?<weekday>[a-z]+)-(?:(?<count>[1-4])|last|before-(?<before>\d\d)))"
            + @"(?<substitute>[*+!])?(?<half>~)?(?<provisional>\?)?\z"
    )]
    private static partial Regex Whole();
}
