using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// SIGKILL at a random time in each part of the script, while timers and queues run by themselves and requests are
/// under way side by side.
/// </summary>
[Trait("Category", "Faults")]
public sealed class RandomKills(FaultLab lab, ITestOutputHelper output) : IClassFixture<FaultLab>
{
    private const string What = "Kills at random times";

    private const int Seed = 20260319;

    private static int Kills => FaultLab.Full ? Math.Max(300 / FaultLab.Stride, 1) : 6;

    [Fact]
    public async Task Killed_at_any_time_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var watch = Stopwatch.StartNew();
        await using var calm = await FaultRun.OpenAsync(lab);
        var table = new FaultTable(await calm.RunAsync(FaultLab.Play));
        // How long a part takes when nobody dies says from when to when a kill hits it at work.
        await using var unharmed = await FaultRun.OpenAsync(lab);
        await unharmed.RunAsync(FaultLab.Play, _ => new HostRun(Home.Child));
        var random = new Random(Seed);
        int kills = 0,
            runs = 0;
        while (kills < Kills)
        {
            var times = unharmed.Played.Select(p => p.Took * random.NextDouble()).ToList();
            await using var run = await FaultRun.OpenAsync(lab);
            var result = await run.RunAsync(
                script => [.. FaultLab.Play(script), script.RestOfDay],
                part => part < times.Count ? new HostRun(Home.Child) { DiesAfter = times[part] } : null
            );
            kills += run.Played.Count(p => p.Died);
            // Listeners that run by themselves do not wait for the payment between planning and sending.
            table.Add(
                "SIGKILL at a random time",
                string.Create(CultureInfo.InvariantCulture, $"run {runs++}, after {string.Join(", ", times)}"),
                result,
                optional: notice => notice is { Customer: 0, Step: "2026-03-26" }
            );
            FaultReport.Note(What, Note(), table);
        }
        FaultReport.End(output, What, Note(), table);
        Assert.Empty(table.Findings);
        Assert.True(table.IsWithoutDoubt, "Azure Communication Services and Twilio can be asked.");

        string Note() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kills} SIGKILLs, each while its host was at work, in {runs} runs and "
                    + $"{watch.Elapsed.TotalMinutes:F0} min"
            );
    }
}
