using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Fixtures;

/// <summary>Collects all log lines of the app with their scopes: a test fails on an unexpected warning.</summary>
public sealed class CollectingLogger : ILoggerProvider, ILogger, ISupportExternalScope
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> Warnings => _lines.Where(l => l.Level >= LogLevel.Warning).Select(l => l.Text);

    public IEnumerable<string> All => _lines.Select(l => l.Text);

    private IExternalScopeProvider? _scopes;

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}{Scopes()}"));

    private string Scopes()
    {
        var text = new StringBuilder();
        _scopes?.ForEachScope((scope, all) => all.Append(' ').Append(scope), text);
        return text.ToString();
    }

    public void Dispose() { }
}
