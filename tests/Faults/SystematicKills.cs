using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// A host is killed immediately before or immediately after its n-th outgoing request, then another goes on. The full
/// form does that for every n of every part of the script; every so often the host is a process of its own and the kill
/// is SIGKILL.
/// </summary>
[Trait("Category", "Faults")]
public abstract class SystematicKills(FaultLab lab, ITestOutputHelper output, bool after) : IClassFixture<FaultLab>
{
    private readonly string _what = $"Kills {(after ? "after" : "before")} a request";

    private const int Seed = 20260318;

    /// <summary>How many n of each part the test command tries.</summary>
    private const int ShortForm = 4;

    private const int OneProcessOf = 4;

    [Fact]
    public async Task Killed_at_any_request_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var (table, parts) = await CalmAsync();
        var watch = Stopwatch.StartNew();
        var points = parts.Select((part, number) => Points(part, number == 0)).ToList();
        int kills = 0,
            real = 0,
            runs = 0;
        for (var point = 0; point < points.Max(p => p.Length); point++)
        {
            var home = point % OneProcessOf == 0 ? Home.ChildByHand : Home.Here;
            await using var run = await FaultRun.OpenAsync(lab);
            var result = await run.RunAsync(
                FaultLab.Play,
                part => point < points[part].Length ? new HostRun(home, At(points[part][point], after)) : null
            );
            var died = run.Played.Count(p => p.Died);
            (kills, real) = (kills + died, real + (home is Home.Here ? 0 : died));
            table.Add(
                $"{(home is Home.Here ? "wire cut" : "SIGKILL")} {(after ? "after" : "before")} a request",
                $"n = {string.Join(", ", points.Where(p => point < p.Length).Select(p => p[point]))}",
                result
            );
            if (++runs % 10 == 0)
                FaultReport.Note(_what, Note(), table);
        }
        FaultReport.End(output, _what, Note(), table);
        Assert.Empty(table.Findings);
        Assert.True(table.IsWithoutDoubt, "Azure Communication Services and Twilio can be asked.");

        string Note() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kills} kills, {real} of them SIGKILL, in {runs} runs and {watch.Elapsed.TotalMinutes:F0} min, {(after ? "after" : "before")} {points.Sum(p => Math.Min(p.Length, runs))} of the {parts.Sum(p => p.Requests - p.StartRequests) + parts[0].StartRequests} requests of the script"
            );
    }

    private async Task<(FaultTable Table, IReadOnlyList<Played> Parts)> CalmAsync()
    {
        await using var calm = await FaultRun.OpenAsync(lab);
        var result = await calm.RunAsync(FaultLab.Play, _ => new HostRun(Home.Here));
        Assert.Empty(result.Leftovers);
        Assert.Empty(result.InDoubt);
        Assert.Equal(FaultLab.Full ? 49 : 26, result.Deliveries.Select(d => d.Name).Distinct().Count());
        Assert.Equal(result.Deliveries.Count, result.Deliveries.Select(d => d.Name).Distinct().Count());
        return (new FaultTable(result), calm.Played);
    }

    /// <summary>Which n of a part; hosts start as the first one does, so only its start is tried.</summary>
    private static int[] Points(Played part, bool isFirst)
    {
        var first = isFirst ? 1 : part.StartRequests + 1;
        var all = part.Requests - first + 1;
        var count = FaultLab.Full ? all / FaultLab.Stride : ShortForm;
        int[] points = [.. Enumerable.Range(0, count).Select(i => first + all * (2 * i + 1) / (2 * count))];
        // In any order, so that a run that is broken off has tried some of everything.
        new Random(Seed).Shuffle(points);
        return points;
    }

    private static Func<Passage, Fault> At(int n, bool after) =>
        passage =>
            passage.Number != n ? Fault.Pass
            : after ? Fault.DieAfter
            : Fault.DieBefore;
}

public sealed class KillsBeforeARequest(FaultLab lab, ITestOutputHelper output)
    : SystematicKills(lab, output, after: false);

public sealed class KillsAfterARequest(FaultLab lab, ITestOutputHelper output)
    : SystematicKills(lab, output, after: true);
