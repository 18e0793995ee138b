using System.Text.RegularExpressions;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;

namespace Dunning.Policies.Calendars;

/// <summary>
/// An iCalendar (RFC 5545) as calendar programs export it. Each day of an all-day event is a holiday: everywhere, or in
/// the countries and regions that its categories name by their codes. Events with a time of day are no holidays.
/// </summary>
internal static partial class HolidayFile
{
    private const int FirstYear = 2020;
    private const int LastYear = 2060;

    /// <exception cref="FormatException">It is no iCalendar, or has no all-day event.</exception>
    public static IReadOnlyList<(string Region, HolidayRule Rule)> Read(string text)
    {
        try
        {
            List<(string Region, HolidayRule Rule)> holidays =
            [
                .. from calendar in CalendarCollection.Load(text)
                from occurrence in calendar
                    .GetOccurrences<CalendarEvent>(new CalDateTime(FirstYear, 1, 1))
                    .TakeWhile(o => o.Period.StartTime.Year <= LastYear)
                let holiday = (CalendarEvent)occurrence.Source
                where holiday.IsAllDay && holiday.Status != EventStatus.Cancelled
                from day in DaysOf(occurrence.Period)
                from region in RegionsOf(holiday.Categories)
                select (region, HolidayRule.On(day)),
            ];
            return holidays.Count > 0
                ? holidays
                : throw new FormatException("The iCalendar has no all-day event: each holiday is one.");
        }
        catch (Exception unreadable) when (unreadable is not FormatException)
        {
            throw new FormatException($"The file is no iCalendar (RFC 5545): {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The end of an all-day event is the day after its last one.</summary>
    private static IEnumerable<DateOnly> DaysOf(Period period)
    {
        var first = period.StartTime.Date;
        var end = period.EffectiveEndTime?.Date ?? first.AddDays(1);
        for (var day = first; day == first || day < end; day = day.AddDays(1))
            yield return day;
    }

    private static IEnumerable<string> RegionsOf(IEnumerable<string> categories)
    {
        var regions = categories.Select(category => category.Trim()).Where(c => Code().IsMatch(c)).ToList();
        return regions.Count > 0 ? regions : [Calendar.Everywhere];
    }

    [GeneratedRegex(@"^[A-Z]{2}(-[A-Z0-9]{1,3})?\z")]
    private static partial Regex Code();
}
