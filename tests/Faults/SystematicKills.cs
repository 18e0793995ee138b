using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>SIGKILL immediately before and immediately after the n-th outgoing request of the host, then a second host to the end.</summary>
[Collection(nameof(FaultLab)), Trait("Category", "Faults")]
public sealed class SystematicKills(FaultLab lab, ITestOutputHelper output)
{
    private const int ShortForm = 12;

    [Fact]
    public async Task Killed_at_any_request_nothing_is_sent_twice_and_nothing_is_lost()
    {
        int requests;
        FaultTable table;
        await using (var calm = await FaultRun.PrepareAsync(lab, null, Victim.Here))
        {
            var result = await calm.RunAsync();
            Assert.Empty(result.Leftovers);
            Assert.True(result.Deliveries.Count >= 40);
            Assert.Equal(result.Deliveries.Count, result.Deliveries.Select(d => d.Name).Distinct().Count());
            (requests, table) = (calm.Passages, new FaultTable(result));
        }

        var watch = Stopwatch.StartNew();
        var points = Points(requests);
        FaultRun? next = await PrepareAsync(points[0]);
        for (var i = 0; i < points.Count; i++)
        {
            var run = next!;
            next = i + 1 < points.Count ? await PrepareAsync(points[i + 1]) : null;
            await using (run)
            {
                var (n, after) = points[i];
                table.Add(after ? "killed after a request" : "killed before a request", string.Create(CultureInfo.InvariantCulture, $"n = {n}"), await run.RunAsync());
            }
        }
        output.WriteLine($"{points.Count} kills in {watch.Elapsed.TotalSeconds:F0} s, of {requests} requests before and after each.\n{table}");
        Assert.Empty(table.Findings);
    }

    private Task<FaultRun> PrepareAsync((int N, bool After) point) => FaultRun.PrepareAsync(
        lab, passage => passage.Number != point.N ? Fate.Pass : point.After ? Fate.DieAfter : Fate.DieBefore, Victim.ChildByHand);

    private static List<(int N, bool After)> Points(int requests)
    {
        var all = Enumerable.Range(1, requests).SelectMany(n => new[] { (n, false), (n, true) });
        var stride = FaultLab.Full ? FaultLab.Stride : requests * 2 / ShortForm;
        return [.. all.Where((_, index) => index % stride == stride / 2)];
    }
}
