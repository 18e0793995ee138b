using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>What <see cref="LocalHost"/> runs, and how.</summary>
public sealed record LocalHostOptions
{
    /// <summary>Classes with [Function] methods, among others: <c>assembly.GetExportedTypes()</c>.</summary>
    public required IEnumerable<Type> Functions { get; init; }

    /// <summary>Registers what the functions need. The clock is added after it, and wins.</summary>
    public required Action<IServiceCollection, IConfiguration> Services { get; init; }

    /// <summary>
    /// The settings, given the address the host will have (so that providers' addresses can point back at it).
    /// </summary>
    public required Func<Uri, IConfiguration> Settings { get; init; }

    /// <summary>Runs once before the first function, e.g. to create tables.</summary>
    public Func<IServiceProvider, Task>? Prepare { get; init; }

    /// <summary>0 = any free one.</summary>
    public int Port { get; init; }

    /// <summary>Null = no key is asked for.</summary>
    public FunctionKeys? Keys { get; init; }

    /// <summary>
    /// Timers and queues run by themselves; otherwise by <see cref="LocalHost.RunTimerAsync"/> and
    /// <see cref="LocalHost.PumpAsync"/>.
    /// </summary>
    public bool Background { get; init; } = true;

    public MovableClock Clock { get; init; } = new();

    /// <summary>Null = what the repository's host.json says.</summary>
    public QueueSettings? Queues { get; init; }

    /// <summary>
    /// The outbox writes what was sent here, and knows it again at the next start; null = in memory only.
    /// </summary>
    public string? OutboxFile { get; init; }

    /// <summary>The outbox says by itself what became of each message, as the providers do.</summary>
    public bool ProvidersReport { get; init; }

    public Action<ILoggingBuilder> Logging { get; init; } = ConsoleLog.OneLineEach;

    /// <summary>Further routes, e.g. a start page.</summary>
    public Action<IEndpointRouteBuilder>? Routes { get; init; }
}
