namespace Dunning.Dashboard.Access;

/// <summary>
/// Slows down whoever guesses keys: five attempts a minute on each instance. A key has 256 random bits, so this only
/// saves requests to storage.
/// </summary>
public sealed class SignInAttempts(TimeProvider clock)
{
    private const int MaxPerMinute = 5;

    private readonly Queue<DateTimeOffset> _failed = new();
    private readonly Lock _lock = new();

    internal bool AreTooMany()
    {
        lock (_lock)
        {
            while (_failed.TryPeek(out var oldest) && oldest <= clock.GetUtcNow().AddMinutes(-1))
                _failed.Dequeue();
            return _failed.Count >= MaxPerMinute;
        }
    }

    internal void AddFailure()
    {
        lock (_lock)
            _failed.Enqueue(clock.GetUtcNow());
    }
}
