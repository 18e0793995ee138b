using System.Globalization;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>SIGKILL at a random time, while timers and queues run by themselves and requests are under way side by side.</summary>
[Collection(nameof(FaultLab)), Trait("Category", "Faults")]
public sealed class RandomKills(FaultLab lab, ITestOutputHelper output)
{
    private const int Seed = 20260319, OneOf = 5;

    private static int Kills => FaultLab.Full ? Math.Max(300 / FaultLab.Stride, 1) : 10;

    [Fact]
    public async Task Killed_at_any_time_nothing_is_sent_twice_and_nothing_is_lost()
    {
        await using var calm = await FaultRun.PrepareAsync(lab, null, Victim.Here);
        var table = new FaultTable(await calm.RunAsync(FaultLab.Play));
        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            var victim = FaultLab.Full || kill % OneOf == 0 ? Victim.Child : Victim.Here;
            // A child is slower: it compiles what it runs.
            var after = TimeSpan.FromMilliseconds(random.Next(victim is Victim.Child ? 6000 : 2000));
            await using var run = await FaultRun.PrepareAsync(lab, null, victim);
            var running = run.RunAsync(FaultLab.Play);
            await Task.Delay(after);
            await run.Wire.DieAsync();
            // Listeners that run by themselves do not wait for the payment between planning and sending.
            table.Add("killed at a random time", string.Create(CultureInfo.InvariantCulture, $"kill {kill} after {after}"), await running,
                optional: notice => notice is { Customer: 0, Step: "2026-03-26" });
        }
        FaultLab.Print(output, $"{Kills} kills at random times.\n{table}{table.Explain()}");
        Assert.Empty(table.Findings);
    }
}
