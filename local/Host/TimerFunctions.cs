using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>
/// Runs timer functions by the movable clock. Schedules begin at the start of the host: earlier runs are not stored.
/// </summary>
public sealed class TimerFunctions
{
    private static readonly TimeSpan _pollInterval = TimeSpan.FromSeconds(1);
    private readonly MovableClock _clock;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<TimerFunctions> _log;
    private readonly IReadOnlyList<TimerState> _timers;

    public TimerFunctions(
        FunctionCatalog catalog,
        MovableClock clock,
        IServiceScopeFactory scopes,
        ILogger<TimerFunctions> log
    )
    {
        (_clock, _scopes, _log) = (clock, scopes, log);
        foreach (var function in catalog.Timers)
            FunctionCall.EnsureKnownParameters(function, p => IsDue(p) || p.ParameterType == typeof(CancellationToken));
        _timers = [.. catalog.Timers.Select(function => new TimerState(function, clock.GetUtcNow()))];
    }

    /// <summary>Runs one timer now, after its current run if there is one. Its exceptions are thrown.</summary>
    /// <exception cref="ArgumentException">There is no timer function of that name.</exception>
    public async Task RunAsync(string functionName, CancellationToken cancellationToken = default)
    {
        var timer =
            _timers.FirstOrDefault(l =>
                string.Equals(l.Function.Name, functionName, StringComparison.OrdinalIgnoreCase)
            ) ?? throw new ArgumentException($"There is no timer function '{functionName}'.", nameof(functionName));
        await timer.RunLock.WaitAsync(cancellationToken);
        try
        {
            await CallAsync(timer, timer.Start(_clock.GetUtcNow(), isPastDue: false), cancellationToken);
        }
        finally
        {
            timer.RunLock.Release();
        }
    }

    /// <summary>Runs the timers on schedule until cancelled; then waits for running functions.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_timers.Select(timer => ListenAsync(timer, cancellationToken)));

    private async Task ListenAsync(TimerState timer, CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(_pollInterval);
        try
        {
            do
            {
                await RunIfDueAsync(timer, cancellationToken);
            } while (await poll.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Shutdown.
        }
    }

    private async Task RunIfDueAsync(TimerState timer, CancellationToken cancellationToken)
    {
        await timer.RunLock.WaitAsync(cancellationToken);
        try
        {
            if (timer.TakeDue(_clock.GetUtcNow()) is { } due)
                await CallAsync(timer, due, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _log.LogError(exception, "Timer {Function} failed; it runs again at its next time", timer.Function.Name);
        }
        finally
        {
            timer.RunLock.Release();
        }
    }

    private async Task CallAsync(TimerState timer, TimerInfo due, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        await FunctionCall.RunAsync(
            scope.ServiceProvider,
            timer.Function.Method,
            p => IsDue(p) ? due : cancellationToken
        );
    }

    private static bool IsDue(ParameterInfo parameter) => parameter.ParameterType == typeof(TimerInfo);
}
