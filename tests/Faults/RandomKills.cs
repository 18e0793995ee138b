using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// SIGKILL at a random time in each part of the scenario, while timers and queues run by themselves and requests run in
/// parallel.
/// </summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class RandomKills(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    private const string ReportEntry = "Kills at random times";

    private const int Seed = 20260319;

    private static int Kills => FaultFixture.Full ? Math.Max(300 / FaultFixture.Stride, 1) : 3;

    [Fact]
    public async Task Killed_at_any_time_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var watch = Stopwatch.StartNew();
        await using var baselineRun = await ScenarioRun.OpenAsync(fixture);
        var table = new FaultTable(await baselineRun.RunAsync(FaultFixture.PartsOf));
        // The duration of a part without kills limits the random times, so that each kill hits a working host.
        await using var unkilled = await ScenarioRun.OpenAsync(fixture);
        await unkilled.RunAsync(FaultFixture.PartsOf, _ => new HostRun(HostKind.ChildProcess));
        var random = new Random(Seed);
        int kills = 0,
            runs = 0;
        while (kills < Kills)
        {
            var times = unkilled.PartResults.Select(p => p.Duration * random.NextDouble()).ToList();
            await using var run = await ScenarioRun.OpenAsync(fixture);
            var result = await run.RunAsync(
                scenario => [.. FaultFixture.PartsOf(scenario), scenario.RestOfDay],
                part => part < times.Count ? new HostRun(HostKind.ChildProcess) { KillAfter = times[part] } : null
            );
            kills += run.PartResults.Count(p => p.WasKilled);
            // Queue listeners that run by themselves may send before the payment between planning and sending arrives,
            // and timers that do may scan between the owner's answer and the next morning.
            table.Add(
                "SIGKILL at a random time",
                string.Create(CultureInfo.InvariantCulture, $"run {runs++}, after {string.Join(", ", times)}"),
                result,
                optional: notice =>
                    notice
                        is { Customer: 0, Step: "2026-03-26" }
                            or { Customer: FaultScenario.WithReply, Step: "2026-03-20" }
            );
            FaultReport.Update(ReportEntry, Note(), table);
        }
        FaultReport.Finish(output, ReportEntry, Note(), table);
        Assert.Empty(table.Failures);
        Assert.True(
            table.HasNoneInDoubt,
            "No notice may be in doubt: Azure Communication Services and Twilio can be queried."
        );

        string Note() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kills} SIGKILLs, each while its host was at work, in {runs} runs and "
                    + $"{watch.Elapsed.TotalMinutes:F0} min; {table.Charges} charges"
            );
    }
}
