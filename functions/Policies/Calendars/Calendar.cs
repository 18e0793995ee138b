using System.Collections.Concurrent;
using System.Text.Json;
using Dunning.Receivables.Storage;

namespace Dunning.Policies.Calendars;

/// <summary>
/// Business days by country and region: weekends with the dates from which they apply, and public holidays. They decide
/// on which days messages are sent; due dates are never moved. Holidays that governments announce at short notice
/// belong in the creditor's calendar file.
/// </summary>
public sealed class Calendar
{
    private const int FirstKeptYear = 2020;
    private const int LastKeptYear = 2060;

    /// <summary>
    /// Found once per region and year: a forecast asks millions of times. Years beyond any due date are not kept.
    /// </summary>
    private readonly ConcurrentDictionary<(string? Region, int Year), bool[]> _businessDays = [];
    private readonly List<Weekend> _weekends;
    private readonly Dictionary<string, HolidayRule[]> _holidays;

    /// <param name="overrideJson">
    /// The text of the creditor's calendar file, in the shape of calendars.json, which it extends; null for none.
    /// </param>
    /// <exception cref="FormatException">
    /// A holiday is invalid; the message names it and the valid forms.
    /// </exception>
    public Calendar(string? overrideJson = null)
    {
        List<CalendarData> data = [Read(EmbeddedText.Read("Policies/Calendars/calendars.json"))];
        if (overrideJson is not null)
            data.Add(Read(overrideJson));
        _weekends = [.. data.SelectMany(d => d.Weekends ?? [])];
        _holidays = data.SelectMany(d => d.Holidays?.ToList() ?? [])
            .SelectMany(country => country.Value.Select(rule => (Region: country.Key, Rule: HolidayRule.Parse(rule))))
            .GroupBy(h => h.Region, h => h.Rule)
            .ToDictionary(region => region.Key, region => region.ToArray());
    }

    /// <param name="region">
    /// ISO 3166-1 alpha-2, optionally with a subdivision; null for a Saturday–Sunday weekend and no holidays.
    /// </param>
    public bool IsBusinessDay(DateOnly day, string? region) =>
        day.Year is >= FirstKeptYear and <= LastKeptYear
            ? _businessDays.GetOrAdd((region, day.Year), BusinessDaysOf)[day.DayOfYear - 1]
            : FindBusinessDay(day, region);

    /// <summary>The day itself or the next business day.</summary>
    public DateOnly Following(DateOnly day, string? region) => Seek(day, +1, region);

    /// <summary>The day itself or the business day before.</summary>
    public DateOnly Preceding(DateOnly day, string? region) => Seek(day, -1, region);

    /// <summary>The day that many business days after (negative: before) a day.</summary>
    public DateOnly Add(DateOnly day, int businessDays, string? region)
    {
        var direction = Math.Sign(businessDays);
        for (var left = Math.Abs(businessDays); left > 0; left--)
            day = Seek(day.AddDays(direction), direction, region);
        return day;
    }

    private bool[] BusinessDaysOf((string? Region, int Year) year)
    {
        var first = new DateOnly(year.Year, 1, 1);
        return [.. Enumerable.Range(0, 366).Select(n => FindBusinessDay(first.AddDays(n), year.Region))];
    }

    private bool FindBusinessDay(DateOnly day, string? region) =>
        !WeekendOf(day, region).Contains(day.DayOfWeek) && !IsHoliday(day, region);

    private DateOnly Seek(DateOnly day, int direction, string? region)
    {
        while (!IsBusinessDay(day, region))
            day = day.AddDays(direction);
        return day;
    }

    private IReadOnlyList<DayOfWeek> WeekendOf(DateOnly day, string? region) =>
        Regions(region)
            .Append("*")
            .Select(r => _weekends.LastOrDefault(w => w.Region == r && (w.From is not { } from || from <= day)))
            .First(w => w is not null)!
            .Days;

    public bool IsHoliday(DateOnly day, string? region) =>
        Regions(region).Any(r => _holidays.GetValueOrDefault(r)?.Any(h => h.Falls(day)) ?? false);

    private static IEnumerable<string> Regions(string? region) =>
        region switch
        {
            null => [],
            { Length: > 2 } => [region, region[..2]],
            _ => [region],
        };

    private static CalendarData Read(string json) =>
        JsonSerializer.Deserialize<CalendarData>(json, Rows.Json) ?? new CalendarData(null, null);

    private sealed record CalendarData(
        IReadOnlyList<Weekend>? Weekends,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Holidays
    );

    private sealed record Weekend(string Region, DateOnly? From, IReadOnlyList<DayOfWeek> Days);
}
