using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dunning.Local;

/// <summary>What <see cref="LocalHost"/> runs, and how.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The classes to search for [Function] methods, for example <c>assembly.GetExportedTypes()</c>.</summary>
    public required IEnumerable<Type> Functions { get; init; }

    /// <summary>
    /// Registers the services of the functions. The clock is registered afterwards and replaces theirs.
    /// </summary>
    public required Action<IServiceCollection, IConfiguration> Services { get; init; }

    /// <summary>
    /// Returns the settings for the base address of the host, which the addresses of the provider stand-ins contain.
    /// </summary>
    public required Func<Uri, IConfiguration> Settings { get; init; }

    /// <summary>Runs once before the first function; creates the tables and the queues of the functions.</summary>
    public Func<IServiceProvider, Task>? Prepare { get; init; }

    /// <summary>0 for any free port.</summary>
    public int Port { get; init; }

    /// <summary>Null: no key is required.</summary>
    public FunctionKeys? Keys { get; init; }

    /// <summary>
    /// Timers and queues run in the background; if false, only by <see cref="LocalHost.RunTimerAsync"/> and
    /// <see cref="LocalHost.PumpAsync"/>.
    /// </summary>
    public bool Background { get; init; } = true;

    public MovableClock Clock { get; init; } = new();

    /// <summary>Null for those of the repository's host.json.</summary>
    public QueueSettings? Queues { get; init; }

    /// <summary>
    /// File in which sent messages are stored until the next start; null for in memory only.
    /// </summary>
    public string? OutboxFile { get; init; }

    /// <summary>The provider stand-ins report a delivery status for each message, as the real providers do.</summary>
    public bool ReportAutomatically { get; init; }

    public Action<ILoggingBuilder> Logging { get; init; } = ConsoleLog.Configure;

    /// <summary>Further routes, for example a start page.</summary>
    public Action<IEndpointRouteBuilder>? Routes { get; init; }
}
