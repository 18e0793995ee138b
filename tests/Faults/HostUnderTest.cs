namespace Dunning.Tests.Faults;

/// <summary>Where a host runs.</summary>
public enum HostKind
{
    /// <summary>
    /// In this process. A kill cuts its connections for good, which storage and providers cannot distinguish from
    /// SIGKILL.
    /// </summary>
    InProcess,

    /// <summary>A separate process whose timers and queues the scenario triggers; killed by SIGKILL.</summary>
    ManualChildProcess,

    /// <summary>A separate process whose timers and queues run by themselves; killed by SIGKILL.</summary>
    ChildProcess,
}

/// <summary>The host that runs a part of the scenario, and its faults.</summary>
/// <param name="FaultPlan">The fault for each outgoing request.</param>
public sealed record HostRun(HostKind Kind, Func<OutgoingRequest, Fault>? FaultPlan = null)
{
    /// <summary>Time between start and kill, whatever the host is doing.</summary>
    public TimeSpan? KillAfter { get; init; }
}

/// <summary>A host behind its own proxy, until it is killed.</summary>
public sealed class HostUnderTest : IAsyncDisposable
{
    private readonly FaultEnvironment _environment;
    private readonly ChildHost? _child;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _kill;
    private HttpClient? _http;

    private HostUnderTest(FaultEnvironment environment, HostRun run)
    {
        (_environment, Proxy) = (environment, environment.OpenProxy(run.FaultPlan));
        _child =
            run.Kind is HostKind.InProcess
                ? null
                : ChildHost.Start(Proxy, environment.Clock.GetUtcNow(), run.Kind is HostKind.ManualChildProcess);
        _kill = run.KillAfter is { } after ? KillAsync(after) : Task.CompletedTask;
    }

    public FaultProxy Proxy { get; }

    public bool IsKilled => Proxy.Terminated.IsCompleted;

    /// <summary>Number of requests that the host made before it was ready.</summary>
    public int StartRequests { get; private set; }

    public static async Task<HostUnderTest> StartAsync(FaultEnvironment environment, HostRun run)
    {
        var host = new HostUnderTest(environment, run);
        await host.TryRunAsync(host.ConnectAsync);
        return host;
    }

    public Task<bool> TryRunAsync(HostAction action) => TryRunAsync(() => action(_http!));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _kill;
        _end.Dispose();
        _http?.Dispose();
        if (_child is not null)
            await _child.DisposeAsync();
    }

    private async Task ConnectAsync()
    {
        var address = _child is null ? (await _environment.StartHostAsync(Proxy)).BaseAddress : await _child.Ready;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        StartRequests = Proxy.RequestCount;
    }

    private async Task KillAsync(TimeSpan after)
    {
        await Task.WhenAny(Task.Delay(after, _end.Token));
        if (!_end.IsCancellationRequested)
            await Proxy.KillAsync();
    }

    /// <summary>Returns false when the host is killed; a response of a killed host is ignored.</summary>
    private async Task<bool> TryRunAsync(Func<Task> act)
    {
        if (IsKilled)
            return false;
        var running = act();
        await Task.WhenAny(running, Proxy.Terminated);
        if (running.IsFaulted)
        {
            // A connection error can arrive a moment before the kill is recorded.
            await Task.WhenAny(Proxy.Terminated, Task.Delay(TimeSpan.FromSeconds(20)));
        }
        if (IsKilled)
        {
            _ = running.ContinueWith(failed => failed.Exception, TaskScheduler.Default);
            return false;
        }
        await running;
        return true;
    }
}
