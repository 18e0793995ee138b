using System.Diagnostics;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Faults;

/// <summary>An action on a host, over HTTP.</summary>
public delegate Task HostAction(HttpClient http);

/// <summary>The outcome of one part of the scenario.</summary>
/// <param name="StartRequests">Number of requests that the host made before it was ready.</param>
/// <param name="Requests">Number of all requests of the host to storage and providers.</param>
public sealed record PartResult(int StartRequests, int Requests, bool WasKilled, TimeSpan Duration);

/// <summary>
/// One run of the scenario. Each part can have its own host, which may be killed; then a host without faults finishes
/// the part. So one run tests as many kills as the scenario has parts, each after full recovery from the previous one.
/// </summary>
public sealed class ScenarioRun : IAsyncDisposable
{
    private readonly FaultEnvironment _environment;
    private readonly List<PartResult> _partResults = [];

    private ScenarioRun(FaultEnvironment environment) => _environment = environment;

    public CollectingLogger Log => _environment.Log;

    /// <summary>Only of the parts that had their hostRun host.</summary>
    public IReadOnlyList<PartResult> PartResults => _partResults;

    public static async Task<ScenarioRun> OpenAsync(FaultFixture fixture) =>
        new(await FaultEnvironment.OpenAsync(fixture));

    /// <param name="partsOf">Selects parts of the scenario.</param>
    /// <param name="hostFor">The host for a part by its index; null for the host without faults.</param>
    /// <param name="changeServices">Replaces services of the hosts in this process.</param>
    public async Task<RunResult> RunAsync(
        Func<FaultScenario, IReadOnlyList<IReadOnlyList<HostAction>>> partsOf,
        Func<int, HostRun?>? hostFor = null,
        Action<IServiceCollection, IConfiguration>? changeServices = null
    )
    {
        _environment.ChangeServices = changeServices;
        _environment.Clock.SetTo(FaultScenario.Start);
        var scenario = new FaultScenario(_environment.Clock);
        foreach (var (number, part) in partsOf(scenario).Index())
        {
            if (hostFor?.Invoke(number) is { } hostRun)
                await RunPartAsync(part, hostRun);
            else
                await RunPartAsync(part, null as HostUnderTest);
        }
        return await RunResult.ReadAsync(await _environment.ConnectToFaultFreeHostAsync(), _environment, scenario);
    }

    public ValueTask DisposeAsync() => _environment.DisposeAsync();

    private async Task RunPartAsync(IReadOnlyList<HostAction> part, HostRun run)
    {
        var watch = Stopwatch.StartNew();
        await using var host = await HostUnderTest.StartAsync(_environment, run);
        await RunPartAsync(part, host);
        _partResults.Add(new(host.StartRequests, host.Proxy.RequestCount, host.IsKilled, watch.Elapsed));
    }

    private async Task RunPartAsync(IReadOnlyList<HostAction> part, HostUnderTest? host)
    {
        foreach (var action in part)
        {
            if (host is null || !await host.TryRunAsync(action))
                await action(await _environment.ConnectToFaultFreeHostAsync());
        }
    }
}
