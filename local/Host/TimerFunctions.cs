using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>
/// Runs timer functions by the movable clock. Schedules start when the host does: nothing is remembered between runs.
/// </summary>
public sealed class TimerFunctions
{
    private static readonly TimeSpan _pollInterval = TimeSpan.FromSeconds(1);
    private readonly MovableClock _clock;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<TimerFunctions> _log;
    private readonly IReadOnlyList<TimerLine> _lines;

    public TimerFunctions(
        FunctionCatalog catalog,
        MovableClock clock,
        IServiceScopeFactory scopes,
        ILogger<TimerFunctions> log
    )
    {
        (_clock, _scopes, _log) = (clock, scopes, log);
        foreach (var function in catalog.Timers)
            FunctionCall.RefuseUnknownParameters(
                function,
                p => IsDue(p) || p.ParameterType == typeof(CancellationToken)
            );
        _lines = [.. catalog.Timers.Select(function => new TimerLine(function, clock.GetUtcNow()))];
    }

    /// <summary>Runs one timer now, after any run of it that is under way. What it throws comes out.</summary>
    /// <exception cref="ArgumentException">There is no timer of that name.</exception>
    public async Task RunAsync(string functionName, CancellationToken cancellationToken = default)
    {
        var line =
            _lines.FirstOrDefault(l => string.Equals(l.Function.Name, functionName, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no timer function '{functionName}'.", nameof(functionName));
        await line.Turn.WaitAsync(cancellationToken);
        try
        {
            await CallAsync(line, line.Start(_clock.GetUtcNow(), isPastDue: false), cancellationToken);
        }
        finally
        {
            line.Turn.Release();
        }
    }

    /// <summary>Keeps the schedules until told to stop; then waits for what is running.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_lines.Select(line => ListenAsync(line, cancellationToken)));

    private async Task ListenAsync(TimerLine line, CancellationToken cancellationToken)
    {
        using var seconds = new PeriodicTimer(_pollInterval);
        try
        {
            do
            {
                await RunIfDueAsync(line, cancellationToken);
            } while (await seconds.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private async Task RunIfDueAsync(TimerLine line, CancellationToken cancellationToken)
    {
        await line.Turn.WaitAsync(cancellationToken);
        try
        {
            if (line.TakeDue(_clock.GetUtcNow()) is { } due)
                await CallAsync(line, due, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            _log.LogError(failure, "Timer {Function} failed; its schedule goes on", line.Function.Name);
        }
        finally
        {
            line.Turn.Release();
        }
    }

    private async Task CallAsync(TimerLine line, TimerInfo due, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        await FunctionCall.RunAsync(
            scope.ServiceProvider,
            line.Function.Method,
            p => IsDue(p) ? due : cancellationToken
        );
    }

    private static bool IsDue(ParameterInfo parameter) => parameter.ParameterType == typeof(TimerInfo);
}
