using System.Collections.Concurrent;
using System.Text.Json;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies.Calendars;

/// <summary>
/// Business days by country and region: weekends with the dates from which they apply, and public holidays. They decide
/// on which days messages are sent; due dates are never moved. Holidays that governments announce at short notice
/// belong in the creditor's calendar file or its iCalendar.
/// </summary>
public sealed class Calendar
{
    private const int FirstKeptYear = 2020;
    private const int LastKeptYear = 2060;

    /// <summary>The region of what applies to every one.</summary>
    internal const string Everywhere = "*";
    private static readonly TimeOnly _noon = new(12, 0);

    /// <summary>
    /// Found once per region and year: a forecast asks millions of times. Years beyond any due date are not kept.
    /// </summary>
    private readonly ConcurrentDictionary<(string? Region, int Year), RegionYear> _years = [];
    private readonly ConcurrentDictionary<
        (string? Region, bool IsPhone, CustomerKind? Kind),
        ContactHours[]
    > _hoursFound = [];
    private readonly List<Weekend> _weekends;
    private readonly List<ContactHours> _hours;
    private readonly List<ContactCap> _caps;
    private readonly Dictionary<string, HolidayRule[]> _rules;

    /// <param name="overrideJson">
    /// The text of the creditor's calendar file, in the shape of calendars.json, which it extends; null for none.
    /// </param>
    /// <param name="iCalendar">The text of the creditor's iCalendar; null for none.</param>
    /// <exception cref="FormatException">
    /// A holiday or the iCalendar is invalid; the message names it and the valid forms.
    /// </exception>
    public Calendar(string? overrideJson = null, string? iCalendar = null)
    {
        List<CalendarData> data = [Read(EmbeddedText.Read("Policies/Calendars/calendars.json"))];
        if (overrideJson is not null)
            data.Add(Read(overrideJson));
        _weekends = [.. data.SelectMany(d => d.Weekends ?? [])];
        _hours = [.. data.SelectMany(d => d.Hours ?? []).Select(Checked)];
        _caps = [.. data.SelectMany(d => d.Caps ?? []).Select(Checked)];
        foreach (var hours in _hours)
        {
            CheckPossible(hours, isPhone: false);
            CheckPossible(hours, isPhone: true);
        }
        _rules = data.SelectMany(d => d.Holidays?.ToList() ?? [])
            .SelectMany(region => region.Value.Select(rule => (Region: region.Key, Rule: HolidayRule.Parse(rule))))
            .Concat(iCalendar is null ? [] : HolidayFile.Read(iCalendar))
            .GroupBy(h => h.Region, h => h.Rule)
            .ToDictionary(region => region.Key, region => region.ToArray());
    }

    /// <summary>Half days are business days.</summary>
    /// <param name="region">
    /// ISO 3166-1 alpha-2, optionally with a subdivision; null for a Saturday–Sunday weekend and no holidays.
    /// </param>
    public bool IsBusinessDay(DateOnly day, string? region) => YearOf(day, region).IsBusiness[day.DayOfYear - 1];

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

    /// <summary>A public holiday, also on a weekend.</summary>
    public bool IsHoliday(DateOnly day, string? region) => Find(day, region) is { IsHalf: false };

    /// <summary>Email is sent in the morning only, and no SMS.</summary>
    public bool IsHalfDay(DateOnly day, string? region) => Find(day, region) is { IsHalf: true };

    /// <summary>A holiday whose date is not certain yet.</summary>
    public bool IsProvisional(DateOnly day, string? region) => Find(day, region) is { IsProvisional: true };

    /// <summary>
    /// The hours of a day in which messages may be sent, in the customer's local time. On a half day until noon, and no
    /// SMS and no call.
    /// </summary>
    /// <param name="kind">Null where it is not known.</param>
    /// <returns>Null when none are.</returns>
    internal (TimeOnly Opens, TimeOnly Closes)? HoursOf(
        DateOnly day,
        string? region,
        Channel channel,
        CustomerKind? kind
    )
    {
        var isHalf = IsHalfDay(day, region);
        // A phone that rings disturbs as much as one that beeps.
        var isPhone = channel is Channel.Sms or Channel.Call;
        if (!IsBusinessDay(day, region) || isHalf && isPhone)
            return null;
        var (opens, closes) = (TimeOnly.MinValue, isHalf ? _noon : TimeOnly.MaxValue);
        foreach (
            var rule in _hoursFound.GetOrAdd((region, isPhone, kind), FindHours).Where(rule => rule.AppliesOn(day))
        )
        {
            opens = rule.Opens > opens ? rule.Opens : opens;
            closes = rule.Closes < closes ? rule.Closes : closes;
        }
        return opens < closes ? (opens, closes) : null;
    }

    private ContactHours[] FindHours((string? Region, bool IsPhone, CustomerKind? Kind) of)
    {
        var rules = _hours
            .Where(rule => rule.Covers(of.IsPhone) && IsFor(rule.Region, rule.Kind, of.Region, of.Kind))
            .ToList();
        var usual = UsualHours(rules);
        return [.. rules.Where(rule => rule == usual || rule.Region != Everywhere || rule.IsSeason)];
    }

    /// <summary>Where it is not known whether a customer is a business, the caps for consumers apply.</summary>
    internal IEnumerable<ContactCap> CapsOf(string? region, CustomerKind? kind) =>
        _caps.Where(cap => IsFor(cap.Region, cap.Kind, region, kind));

    /// <param name="ofRule">Null for everybody.</param>
    /// <param name="kind">Null where it is not known: then every rule applies.</param>
    private static bool IsFor(string ruleRegion, CustomerKind? ofRule, string? region, CustomerKind? kind) =>
        Regions(region).Contains(ruleRegion) && (ofRule is null || kind is null || ofRule == kind);

    private static ContactHours Checked(ContactHours hours) =>
        hours.Region is null ? throw new FormatException("Hours need a region: a country's code, or * for all.")
        : hours.Opens >= hours.Closes
            ? throw new FormatException($"The hours of {hours.Region} close before they open: correct opens or closes.")
        : hours;

    /// <summary>Otherwise no message would ever be sent to the region.</summary>
    private void CheckPossible(ContactHours hours, bool isPhone)
    {
        if (!hours.Covers(isPhone))
            return;
        var usual = UsualHours(_hours.Where(rule => rule.Covers(isPhone)));
        if (hours.Opens >= usual.Closes || hours.Closes <= usual.Opens)
            throw new FormatException(
                $"The hours of {hours.Region} and the usual ones of {(isPhone ? "SMS" : "email")}, "
                    + $"{usual.Opens:HH:mm} to {usual.Closes:HH:mm}, have none in common: correct opens or closes."
            );
    }

    /// <summary>The last ones for everywhere: those of the creditor's file come after ours.</summary>
    private static ContactHours UsualHours(IEnumerable<ContactHours> rules) =>
        rules.Last(rule => rule.Region == Everywhere && !rule.IsSeason);

    private static ContactCap Checked(ContactCap cap) =>
        cap is { Count: > 0, Days: > 0 and <= RecentReminder.KeptDays }
            ? cap
            : throw new FormatException(
                $"A cap of {cap.Region} must have a count of 1 or more, and days from 1 to {RecentReminder.KeptDays}."
            );

    private Holiday? Find(DateOnly day, string? region) => YearOf(day, region).Holidays.GetValueOrDefault(day);

    private RegionYear YearOf(DateOnly day, string? region) =>
        day.Year is >= FirstKeptYear and <= LastKeptYear
            ? _years.GetOrAdd((region, day.Year), ReadYear)
            : ReadYear((region, day.Year));

    private RegionYear ReadYear((string? Region, int Year) of)
    {
        var holidays = FindHolidays(of.Region, of.Year);
        var first = new DateOnly(of.Year, 1, 1);
        return new RegionYear(
            holidays,
            [
                .. Enumerable
                    .Range(0, DateTime.IsLeapYear(of.Year) ? 366 : 365)
                    .Select(first.AddDays)
                    .Select(day =>
                        !WeekendOf(day, of.Region).Contains(day.DayOfWeek)
                        && holidays.GetValueOrDefault(day) is null or { IsHalf: true }
                    ),
            ]
        );
    }

    private Dictionary<DateOnly, Holiday> FindHolidays(string? region, int year)
    {
        Dictionary<DateOnly, Holiday> found = [];
        var library = LibraryHolidays.Find(Regions(region));
        foreach (var day in DaysOf(year).Where(d => library?.IsPublicHoliday(d.ToDateTime(TimeOnly.MinValue)) is true))
            found[day] = new Holiday();
        var own = OwnHolidays(region, year).OrderBy(holiday => holiday.Day).ToList();
        // A whole day off is off, whoever says so.
        foreach (var (day, rule) in own.Where(holiday => !IsOff(holiday.Day, found)))
            found[day] = rule.Holiday;
        foreach (var (day, rule) in own)
        {
            if (SubstituteOf(day, rule.Substitute, region, found) is { } substitute && !IsOff(substitute, found))
                found[substitute] = rule.Holiday;
        }
        return found;
    }

    /// <summary>With a week before and after it: a substitute may lie in another year.</summary>
    private static IEnumerable<DateOnly> DaysOf(int year) =>
        Enumerable.Range(-7, 366 + 14).Select(new DateOnly(year, 1, 1).AddDays);

    private IEnumerable<(DateOnly Day, HolidayRule Rule)> OwnHolidays(string? region, int year) =>
        from rule in Regions(region).SelectMany(r => _rules.GetValueOrDefault(r) ?? [])
        from y in Enumerable.Range(year - 1, 3)
        let day = rule.DayIn(y)
        where day is not null
        select (day.Value, rule);

    private static bool IsOff(DateOnly day, Dictionary<DateOnly, Holiday> holidays) =>
        holidays.GetValueOrDefault(day) is { IsHalf: false };

    /// <returns>Null where no other day is off instead.</returns>
    private DateOnly? SubstituteOf(
        DateOnly day,
        SubstituteDay kind,
        string? region,
        Dictionary<DateOnly, Holiday> holidays
    )
    {
        var weekend = WeekendOf(day, region);
        if (kind is SubstituteDay.None || !weekend.Contains(day.DayOfWeek))
            return null;
        if (kind is SubstituteDay.NearestWeekday)
            return day.AddDays(day.DayOfWeek is DayOfWeek.Saturday ? -1 : 1);
        var restDay = weekend.Contains(DayOfWeek.Friday) ? DayOfWeek.Friday : DayOfWeek.Sunday;
        if (kind is SubstituteDay.AfterRestDay && day.DayOfWeek != restDay)
            return null;
        day = day.AddDays(1);
        while (WeekendOf(day, region).Contains(day.DayOfWeek) || IsOff(day, holidays))
            day = day.AddDays(1);
        return day;
    }

    private DateOnly Seek(DateOnly day, int direction, string? region)
    {
        while (!IsBusinessDay(day, region))
            day = day.AddDays(direction);
        return day;
    }

    private IReadOnlyList<DayOfWeek> WeekendOf(DateOnly day, string? region) =>
        Regions(region)
            .Select(r => _weekends.LastOrDefault(w => w.Region == r && (w.From is not { } from || from <= day)))
            .First(w => w is not null)!
            .Days;

    /// <summary>The region, its country, and everywhere: what is known of any of them applies.</summary>
    private static string[] Regions(string? region) =>
        region switch
        {
            null => [Everywhere],
            { Length: > 2 } => [region, region[..2], Everywhere],
            _ => [region, Everywhere],
        };

    private static CalendarData Read(string json) =>
        JsonSerializer.Deserialize<CalendarData>(json, Rows.Json) ?? new CalendarData(null, null);

    /// <param name="IsBusiness">By the day of the year.</param>
    private sealed record RegionYear(IReadOnlyDictionary<DateOnly, Holiday> Holidays, bool[] IsBusiness);

    private sealed record CalendarData(
        IReadOnlyList<Weekend>? Weekends,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? Holidays
    )
    {
        public IReadOnlyList<ContactHours>? Hours { get; init; }
        public IReadOnlyList<ContactCap>? Caps { get; init; }

        /// <summary>Where the days of a region come from.</summary>
        public IReadOnlyDictionary<string, string>? Sources { get; init; }
    }

    private sealed record Weekend(string Region, DateOnly? From, IReadOnlyList<DayOfWeek> Days);
}
