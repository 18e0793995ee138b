using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Faults;

/// <summary>
/// One run of the script: by a host that may die on the way, and from there on by a second one. Prepared ahead, so that a child starts while the
/// run before it is still going on.
/// </summary>
public sealed class FaultRun : IAsyncDisposable
{
    private readonly Stage stage;
    private readonly Wire wire;
    private readonly ChildHost? child;
    private HttpClient? first;

    private FaultRun(Stage stage, Wire wire, ChildHost? child) => (this.stage, this.wire, this.child) = (stage, wire, child);

    /// <summary>How many requests the first host made.</summary>
    public int Passages => wire.Count;

    public Wire Wire => wire;

    public CollectingLogger Log => stage.Log;

    /// <summary>Changes what a host in this process is made of.</summary>
    public Action<IServiceCollection, IConfiguration>? Change { get; init; }

    /// <param name="weather">What the first host meets; a second one meets nothing bad.</param>
    /// <param name="victim">Where the first host lives.</param>
    public static async Task<FaultRun> PrepareAsync(
        FaultLab lab, Func<Passage, Fate>? weather, Victim victim, Action<IServiceCollection, IConfiguration>? change = null)
    {
        var stage = await Stage.OpenAsync(lab);
        var wire = stage.OpenWire(weather);
        return new FaultRun(stage, wire, victim is Victim.Here ? null : ChildHost.Start(wire, Script.Start, victim is Victim.ChildByHand)) { Change = change };
    }

    /// <param name="play">Which of the script's acts.</param>
    public async Task<RunResult> RunAsync(Func<Script, IReadOnlyList<Func<HttpClient, Task>>> play)
    {
        stage.Clock.SetTo(Script.Start);
        var script = new Script(stage.Clock);
        var second = !await SurvivesAsync(StartAsync);
        foreach (var act in play(script))
        {
            if (!second && await SurvivesAsync(() => act(first!)))
                continue;
            second = true;
            await act(await stage.CalmHostAsync());
        }
        return await RunResult.ReadAsync(await stage.CalmHostAsync(), stage, script);
    }

    public async ValueTask DisposeAsync()
    {
        first?.Dispose();
        if (child is not null)
            await child.DisposeAsync();
        await stage.DisposeAsync();
    }

    private async Task StartAsync()
    {
        var at = child is null ? (await stage.StartHostAsync(wire, Change)).BaseAddress : await child.Ready;
        first = new HttpClient { BaseAddress = at };
    }

    /// <summary>False when the host died meanwhile; what it still answers then is what nobody would have heard.</summary>
    private async Task<bool> SurvivesAsync(Func<Task> act)
    {
        var acting = act();
        await Task.WhenAny(acting, wire.Death);
        if (acting.IsFaulted)
        {
            // A child's last breath is heard a moment before its death is noted.
            await Task.WhenAny(wire.Death, Task.Delay(TimeSpan.FromSeconds(20)));
        }
        if (wire.Death.IsCompleted)
        {
            _ = acting.ContinueWith(gone => gone.Exception, TaskScheduler.Default);
            return false;
        }
        await acting;
        return true;
    }
}

public enum Victim
{
    /// <summary>In this process; it dies by losing its wire for ever, which nobody outside can tell from SIGKILL.</summary>
    Here,

    /// <summary>A process of its own, whose timers and queues the script runs.</summary>
    ChildByHand,

    /// <summary>A process of its own, whose timers and queues run by themselves.</summary>
    Child,
}
