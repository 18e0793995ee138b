using Dunning.Configuration;

namespace Dunning.Forecast;

/// <summary>When the timers run that plan messages.</summary>
public sealed class ForecastSchedule(ScheduleOptions options)
{
    private readonly TimerSchedule _upcoming = new(options.FindUpcomingInvoicesSchedule);
    private readonly TimerSchedule _overdue = new(options.FindOverdueInvoicesSchedule);
    private readonly TimerSchedule _statements = new(options.RetentionSchedule);

    /// <param name="upcoming">True for the scan of steps before the due date, false for that of steps after it.</param>
    /// <returns>The first scan that is not before <paramref name="from"/>.</returns>
    public DateTimeOffset NextScan(bool upcoming, DateTimeOffset from) => (upcoming ? _upcoming : _overdue).Next(from);

    /// <returns>The first run of the timer for monthly statements that is not before <paramref name="from"/>.</returns>
    public DateTimeOffset NextStatements(DateTimeOffset from) => _statements.Next(from);
}
