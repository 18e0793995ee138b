namespace Dunning.Local;

/// <summary>
/// The machine's clock plus an offset that can be changed while everything runs. Only the time of day moves: timers
/// created from it and timestamps stay real, so delays in the host last as long as they say.
/// </summary>
public sealed class MovableClock : TimeProvider
{
    private readonly Lock _gate = new();
    private TimeSpan _offset;
    private DateTimeOffset? _stillAt;

    /// <param name="start">The instant it shows now; null = the real one.</param>
    /// <param name="frozen">Time stands still until it is moved.</param>
    public MovableClock(DateTimeOffset? start = null, bool frozen = false)
    {
        _offset = start is { } instant ? instant - System.GetUtcNow() : TimeSpan.Zero;
        _stillAt = frozen ? (start ?? System.GetUtcNow()).ToUniversalTime() : null;
    }

    /// <summary>Raised after each move, on the mover's thread, before the moving call returns.</summary>
    public event Action? Moved;

    public bool Frozen => _stillAt is not null;

    /// <summary>How far ahead of the machine's clock this one is.</summary>
    public TimeSpan Offset => GetUtcNow() - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _stillAt ?? System.GetUtcNow() + _offset;
    }

    public void SetTo(DateTimeOffset instant)
    {
        lock (_gate)
        {
            _offset = instant - System.GetUtcNow();
            _stillAt = _stillAt is null ? null : instant.ToUniversalTime();
        }

        Moved?.Invoke();
    }

    /// <exception cref="ArgumentOutOfRangeException">
    /// A negative span: go back with <see cref="SetTo"/>, knowingly.
    /// </exception>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        lock (_gate)
        {
            _offset += span;
            _stillAt += span;
        }

        Moved?.Invoke();
    }
}
