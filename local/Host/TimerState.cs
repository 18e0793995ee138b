using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace Dunning.Local;

/// <summary>When a timer ran last and when it is due next.</summary>
public sealed class TimerState
{
    /// <summary>The host polls once a second; a run later than this is reported as past due.</summary>
    private static readonly TimeSpan _pastDueAfter = TimeSpan.FromSeconds(5);

    private readonly CrontabSchedule _schedule;
    private DateTime _last;
    private DateTime _next;
    private DateTime _lastPoll;

    /// <exception cref="CannotRunHereException">The schedule is not NCRONTAB with six fields.</exception>
    public TimerState(TimerFunction function, DateTimeOffset now)
    {
        Function = function;
        _schedule =
            CrontabSchedule.TryParse(function.Schedule, new() { IncludingSeconds = true })
            ?? throw new CannotRunHereException(
                $"Function {function.Name}: '{function.Schedule}' is not an NCRONTAB schedule of six fields "
                    + "(seconds first)."
            );
        _lastPoll = now.UtcDateTime;
        _next = _schedule.GetNextOccurrence(_lastPoll);
    }

    public TimerFunction Function { get; }

    /// <summary>Held while the function runs, so that it never overlaps with itself.</summary>
    public SemaphoreSlim RunLock { get; } = new(1, 1);

    /// <summary>
    /// The argument for the function if it is due, else null. Several missed occurrences cause one run.
    /// </summary>
    public TimerInfo? TakeDue(DateTimeOffset now)
    {
        // The clock was set back: recalculate the next occurrence.
        if (now.UtcDateTime < _lastPoll)
            _next = _schedule.GetNextOccurrence(now.UtcDateTime);

        _lastPoll = now.UtcDateTime;
        return _lastPoll < _next ? null : Start(now, isPastDue: _lastPoll - _next > _pastDueAfter);
    }

    public TimerInfo Start(DateTimeOffset now, bool isPastDue)
    {
        var before = _last;
        _last = _lastPoll = now.UtcDateTime;
        _next = _schedule.GetNextOccurrence(_last);
        return new()
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new()
            {
                Last = before,
                LastUpdated = _last,
                Next = _next,
            },
        };
    }
}
