using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>SIGKILL immediately before and immediately after the n-th outgoing request of the host, then a second host to the end.</summary>
[Collection(nameof(FaultLab)), Trait("Category", "Faults")]
public sealed class SystematicKills(FaultLab lab, ITestOutputHelper output)
{
    private const int ShortForm = 25, OneOf = 6;

    [Fact]
    public async Task Killed_at_any_request_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var (table, requests) = await CalmAsync();
        var watch = Stopwatch.StartNew();
        var points = Points(requests);
        FaultRun? next = await PrepareAsync(points, 0);
        for (var i = 0; i < points.Count; i++)
        {
            var (run, (n, after)) = (next!, points[i]);
            next = await PrepareAsync(points, i + 1);
            await using (run)
                table.Add(after ? "killed after a request" : "killed before a request", string.Create(CultureInfo.InvariantCulture, $"n = {n}"), await run.RunAsync(FaultLab.Play));
        }
        FaultLab.Print(output, $"{points.Count} kills in {watch.Elapsed.TotalSeconds:F0} s, of {requests} requests before and after each.\n{table}{table.Explain()}");
        Assert.Empty(table.Findings);
    }

    private async Task<(FaultTable Table, int Requests)> CalmAsync()
    {
        await using var calm = await FaultRun.PrepareAsync(lab, null, Victim.Here);
        var result = await calm.RunAsync(FaultLab.Play);
        Assert.Empty(result.Leftovers);
        Assert.Empty(result.InDoubt);
        Assert.Equal(FaultLab.Full ? 49 : 26, result.Deliveries.Select(d => d.Name).Distinct().Count());
        Assert.Equal(result.Deliveries.Count, result.Deliveries.Select(d => d.Name).Distinct().Count());
        return (new FaultTable(result), calm.Passages);
    }

    /// <summary>The short form kills a process of its own only every so often: one that lives here and loses its wire for ever costs a tenth.</summary>
    private async Task<FaultRun?> PrepareAsync(IReadOnlyList<(int N, bool After)> points, int index)
    {
        if (index >= points.Count)
            return null;
        var (n, after) = points[index];
        var victim = FaultLab.Full || index % OneOf == 0 ? Victim.ChildByHand : Victim.Here;
        return await FaultRun.PrepareAsync(lab, passage => passage.Number != n ? Fate.Pass : after ? Fate.DieAfter : Fate.DieBefore, victim);
    }

    private static List<(int N, bool After)> Points(int requests)
    {
        var all = Enumerable.Range(1, requests).SelectMany(n => new[] { (n, false), (n, true) });
        // An odd stride meets both sides of a request in turn.
        var stride = FaultLab.Full ? FaultLab.Stride : requests * 2 / ShortForm | 1;
        return [.. all.Where((_, index) => index % stride == stride / 2)];
    }
}
