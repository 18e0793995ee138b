using System.Globalization;

namespace Dunning.Forecast;

/// <summary>
/// The times of a timer: NCRONTAB of six fields (second, minute, hour, day, month, weekday), UTC, as the Functions host
/// reads it.
/// </summary>
internal sealed class TimerSchedule
{
    /// <summary>No schedule that ever runs leaves out more years: 29 February on a certain weekday.</summary>
    private const int MaxYears = 41;

    private static readonly string[] _months = ["", .. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[..12]];
    private static readonly string[] _weekdays = CultureInfo.InvariantCulture.DateTimeFormat.DayNames;

    private readonly bool[] _seconds;
    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _days;
    private readonly bool[] _monthsOfYear;
    private readonly bool[] _daysOfWeek;

    /// <param name="text">Checked at the start of the app: see <c>SettingRules.Schedule</c>.</param>
    /// <exception cref="FormatException">It is no such schedule.</exception>
    public TimerSchedule(string text)
    {
        if (
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            is not [var s, var m, var h, var d, var mo, var w]
        )
            throw new FormatException($"'{text}' has not six fields.");
        (_seconds, _minutes, _hours) = (Field(s, 0, 59), Field(m, 0, 59), Field(h, 0, 23));
        (_days, _monthsOfYear, _daysOfWeek) = (Field(d, 1, 31), Field(mo, 1, 12, _months), Field(w, 0, 6, _weekdays));
    }

    /// <returns>The first time that is not before <paramref name="from"/>; the end of time if there is none.</returns>
    public DateTimeOffset Next(DateTimeOffset from)
    {
        var at = from.UtcDateTime.AddTicks(TimeSpan.TicksPerSecond - 1);
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
        var end = at.AddYears(MaxYears);
        while (at < end)
        {
            if (!_days[at.Day] || !_monthsOfYear[at.Month] || !_daysOfWeek[(int)at.DayOfWeek])
                at = at.Date.AddDays(1);
            else if (!_hours[at.Hour])
                at = at.Date.AddHours(at.Hour + 1);
            else if (!_minutes[at.Minute])
                at = at.AddSeconds(60 - at.Second);
            else if (!_seconds[at.Second])
                at = at.AddSeconds(1);
            else
                return new DateTimeOffset(at, TimeSpan.Zero);
        }
        return DateTimeOffset.MaxValue;
    }

    /// <returns>Which values the field allows.</returns>
    private static bool[] Field(string text, int min, int max, string[]? names = null)
    {
        var allowed = new bool[max + 1];
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') is [var before, var every] ? (before, Number(every)) : (part, 1);
            var (first, last) = range.Split('-') switch
            {
                ["*"] => (min, max),
                [var from, var to] => (Value(from), Value(to)),
                [var only] => (Value(only), part == range ? Value(only) : max),
                _ => throw new FormatException($"'{part}' is no range."),
            };
            for (var value = first; value <= last; value += step)
                allowed[value] = true;
        }
        return allowed;

        int Value(string value) =>
            names is not null && char.IsLetter(value[0])
                ? Array.FindIndex(names, name => name.StartsWith(value, StringComparison.OrdinalIgnoreCase))
                : Number(value);

        static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
