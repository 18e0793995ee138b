using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Fixtures;

/// <summary>Keeps every line the product logs: a test fails on a warning it did not announce.</summary>
public sealed class CollectingLogger : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public IEnumerable<string> Warnings => lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text);

    public IEnumerable<string> All => lines.Select(l => l.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}
