using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace Dunning.Local;

/// <summary>One timer's place on the time line: when it ran and when it is due.</summary>
public sealed class TimerLine
{
    /// <summary>The host looks once a second; what is found later than this was missed, not met.</summary>
    private static readonly TimeSpan _punctual = TimeSpan.FromSeconds(5);

    private readonly CrontabSchedule _schedule;
    private DateTime _last;
    private DateTime _next;
    private DateTime _lastPoll;

    /// <exception cref="CannotRunHereException">The schedule is not NCRONTAB with six fields.</exception>
    public TimerLine(TimerFunction function, DateTimeOffset now)
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
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>
    /// What to start the function with if it is due; however many occurrences were passed, it is due once.
    /// </summary>
    public TimerInfo? TakeDue(DateTimeOffset now)
    {
        // The clock was set back: what lies ahead is what its schedule says now.
        if (now.UtcDateTime < _lastPoll)
            _next = _schedule.GetNextOccurrence(now.UtcDateTime);

        _lastPoll = now.UtcDateTime;
        return _lastPoll < _next ? null : Start(now, isPastDue: _lastPoll - _next > _punctual);
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
