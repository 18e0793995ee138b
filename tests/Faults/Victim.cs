namespace Dunning.Tests.Faults;

/// <summary>Where a host lives that may die.</summary>
public enum Home
{
    /// <summary>
    /// In this process; it dies by losing its wire for ever, which nobody outside can tell from SIGKILL.
    /// </summary>
    Here,

    /// <summary>A process of its own, whose timers and queues the script runs; it dies by SIGKILL.</summary>
    ChildByHand,

    /// <summary>A process of its own, whose timers and queues run by themselves; it dies by SIGKILL.</summary>
    Child,
}

/// <summary>Who plays a part of the script, and what happens to it.</summary>
/// <param name="FaultPlan">What its requests meet.</param>
public sealed record HostRun(Home Home, Func<Passage, Fault>? FaultPlan = null)
{
    /// <summary>Killed this long after it was started, whatever it is doing.</summary>
    public TimeSpan? DiesAfter { get; init; }
}

/// <summary>A host on a wire of its own, until it dies.</summary>
public sealed class HostUnderTest : IAsyncDisposable
{
    private readonly Stage _stage;
    private readonly ChildHost? _child;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _killing;
    private HttpClient? _http;

    private HostUnderTest(Stage stage, HostRun run)
    {
        (_stage, Wire) = (stage, stage.OpenWire(run.FaultPlan));
        _child =
            run.Home is Home.Here ? null : ChildHost.Start(Wire, stage.Clock.GetUtcNow(), run.Home is Home.ChildByHand);
        _killing = run.DiesAfter is { } after ? KillAsync(after) : Task.CompletedTask;
    }

    public FaultProxy Wire { get; }

    public bool IsDead => Wire.Death.IsCompleted;

    /// <summary>How many requests it had made when it was ready.</summary>
    public int StartRequests { get; private set; }

    public static async Task<HostUnderTest> StartAsync(Stage stage, HostRun run)
    {
        var host = new HostUnderTest(stage, run);
        await host.SurvivesAsync(host.BeginAsync);
        return host;
    }

    public Task<bool> SurvivesAsync(Act act) => SurvivesAsync(() => act(_http!));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _killing;
        _end.Dispose();
        _http?.Dispose();
        if (_child is not null)
            await _child.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        var at = _child is null ? (await _stage.StartHostAsync(Wire)).BaseAddress : await _child.Ready;
        _http = new HttpClient { BaseAddress = at, Timeout = TimeSpan.FromMinutes(5) };
        StartRequests = Wire.Count;
    }

    private async Task KillAsync(TimeSpan after)
    {
        await Task.WhenAny(Task.Delay(after, _end.Token));
        if (!_end.IsCancellationRequested)
            await Wire.DieAsync();
    }

    /// <summary>False when it is dead; what a dead host still answers is what nobody would have heard.</summary>
    private async Task<bool> SurvivesAsync(Func<Task> act)
    {
        if (IsDead)
            return false;
        var acting = act();
        await Task.WhenAny(acting, Wire.Death);
        if (acting.IsFaulted)
        {
            // A child's last breath is heard a moment before its death is noted.
            await Task.WhenAny(Wire.Death, Task.Delay(TimeSpan.FromSeconds(20)));
        }
        if (IsDead)
        {
            _ = acting.ContinueWith(gone => gone.Exception, TaskScheduler.Default);
            return false;
        }
        await acting;
        return true;
    }
}
