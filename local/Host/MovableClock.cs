namespace Dunning.Local;

/// <summary>
/// The machine's clock plus an offset that can be changed at run time. Only <see cref="GetUtcNow"/> moves; timers and
/// <see cref="TimeProvider.GetTimestamp"/> stay real, so delays in the host take their real time.
/// </summary>
public sealed class MovableClock : TimeProvider
{
    private readonly Lock _lock = new();
    private TimeSpan _offset;
    private DateTimeOffset? _frozenAt;

    /// <param name="start">The current instant of the clock; null for the real time.</param>
    /// <param name="frozen">Time stands still until it is moved.</param>
    public MovableClock(DateTimeOffset? start = null, bool frozen = false)
    {
        _offset = start is { } instant ? instant - System.GetUtcNow() : TimeSpan.Zero;
        _frozenAt = frozen ? (start ?? System.GetUtcNow()).ToUniversalTime() : null;
    }

    /// <summary>Raised after each move, on the caller's thread, before the call returns.</summary>
    public event Action? Moved;

    public bool Frozen => _frozenAt is not null;

    /// <summary>How far ahead of the machine's clock this one is.</summary>
    public TimeSpan Offset => GetUtcNow() - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _frozenAt ?? System.GetUtcNow() + _offset;
    }

    public void SetTo(DateTimeOffset instant)
    {
        lock (_lock)
        {
            _offset = instant - System.GetUtcNow();
            _frozenAt = _frozenAt is null ? null : instant.ToUniversalTime();
        }

        Moved?.Invoke();
    }

    /// <exception cref="ArgumentOutOfRangeException">
    /// The span is negative; to go back, use <see cref="SetTo"/>.
    /// </exception>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        lock (_lock)
        {
            _offset += span;
            _frozenAt += span;
        }

        Moved?.Invoke();
    }
}
