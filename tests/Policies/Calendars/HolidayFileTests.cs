using Dunning.Policies.Calendars;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies.Calendars;

public sealed class HolidayFileTests
{
    private static readonly Calendar _calendar = new(
        iCalendar: """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        UID:closed
        DTSTART;VALUE=DATE:20260727
        DTEND;VALUE=DATE:20260729
        RRULE:FREQ=YEARLY
        SUMMARY:Company holiday
        END:VEVENT
        BEGIN:VEVENT
        UID:carnival
        DTSTART;VALUE=DATE:20260216
        CATEGORIES:DE-NW,Party
        SUMMARY:Carnival Monday
        END:VEVENT
        BEGIN:VEVENT
        UID:cancelled
        DTSTART;VALUE=DATE:20260518
        STATUS:CANCELLED
        SUMMARY:Company trip
        END:VEVENT
        BEGIN:VEVENT
        UID:closed
        RECURRENCE-ID;VALUE=DATE:20270727
        DTSTART;VALUE=DATE:20270802
        DTEND;VALUE=DATE:20270803
        SUMMARY:Company holiday, another week
        END:VEVENT
        BEGIN:VEVENT
        UID:meeting
        DTSTART:20260304T100000Z
        SUMMARY:Board meeting
        END:VEVENT
        END:VCALENDAR
        """
    );

    [Theory]
    [InlineData("GB", "2026-07-27", false)]
    [InlineData("GB", "2026-07-28", false)]
    [InlineData("GB", "2026-07-29", true)] // the end of an all-day event is the day after it
    [InlineData(null, "2028-07-27", false)] // every year, and for customers whose country is not known
    [InlineData("DE-NW", "2026-02-16", false)]
    [InlineData("DE", "2026-02-16", true)]
    [InlineData("GB", "2026-02-16", true)]
    [InlineData("GB", "2026-05-18", true)] // cancelled
    [InlineData("GB", "2027-07-27", true)] // moved in that year
    [InlineData("GB", "2027-08-02", false)]
    [InlineData("GB", "2026-03-04", true)] // an event with a time of day is no holiday
    [InlineData("GB", "2026-12-25", false)]
    public void All_day_events_are_holidays(string? region, string day, bool isBusinessDay) =>
        Assert.Equal(isBusinessDay, _calendar.IsBusinessDay(TestData.Day(day), region));

    [Theory]
    [InlineData("hello", "no iCalendar")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no all-day event")]
    public void Another_file_is_refused_with_the_reason(string text, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<FormatException>(() => new Calendar(iCalendar: text)).Message,
            StringComparison.Ordinal
        );
}
