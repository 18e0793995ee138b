using System.Diagnostics;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Faults;

/// <summary>Something that is done to a host, over HTTP.</summary>
public delegate Task Act(HttpClient http);

/// <summary>How a part of the script went.</summary>
/// <param name="StartRequests">What its host asked of storage before it was ready.</param>
/// <param name="Requests">All that its host asked of storage and providers.</param>
public sealed record Played(int StartRequests, int Requests, bool Died, TimeSpan Took);

/// <summary>
/// One run of the script. Each part has a host of its own that may die on the way; one that nothing happens to goes on
/// from there to the end of the part. So one run sees as many deaths as the script has parts, each of them after a full
/// recovery from the one before.
/// </summary>
public sealed class FaultRun : IAsyncDisposable
{
    private readonly Stage _stage;
    private readonly List<Played> _played = [];

    private FaultRun(Stage stage) => _stage = stage;

    public CollectingLogger Log => _stage.Log;

    /// <summary>Part by part; only of those that had a host of their own.</summary>
    public IReadOnlyList<Played> Played => _played;

    public static async Task<FaultRun> OpenAsync(FaultLab lab) => new(await Stage.OpenAsync(lab));

    /// <param name="play">Which of the script's parts.</param>
    /// <param name="cast">Who plays a part; null for the host that nothing happens to.</param>
    /// <param name="change">Changes what hosts in this process are made of.</param>
    public async Task<RunResult> RunAsync(
        Func<Script, IReadOnlyList<IReadOnlyList<Act>>> play,
        Func<int, HostRun?>? cast = null,
        Action<IServiceCollection, IConfiguration>? change = null
    )
    {
        _stage.Change = change;
        _stage.Clock.SetTo(Script.Start);
        var script = new Script(_stage.Clock);
        foreach (var (number, part) in play(script).Index())
        {
            if (cast?.Invoke(number) is { } own)
                await PlayAsync(part, own);
            else
                await PlayAsync(part, null as HostUnderTest);
        }
        return await RunResult.ReadAsync(await _stage.CalmHostAsync(), _stage, script);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    private async Task PlayAsync(IReadOnlyList<Act> part, HostRun run)
    {
        var watch = Stopwatch.StartNew();
        await using var host = await HostUnderTest.StartAsync(_stage, run);
        await PlayAsync(part, host);
        _played.Add(new(host.StartRequests, host.Wire.Count, host.IsDead, watch.Elapsed));
    }

    private async Task PlayAsync(IReadOnlyList<Act> part, HostUnderTest? host)
    {
        foreach (var act in part)
        {
            if (host is null || !await host.SurvivesAsync(act))
                await act(await _stage.CalmHostAsync());
        }
    }
}
