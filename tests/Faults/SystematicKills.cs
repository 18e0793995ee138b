using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// Kills a host immediately before or after its n-th outgoing request; another host continues. The full form does that
/// for every n of every part of the scenario. In one of four runs the host is a separate process and the kill is
/// SIGKILL.
/// </summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public abstract class SystematicKills(FaultFixture fixture, ITestOutputHelper output, bool after)
    : IClassFixture<FaultFixture>
{
    private readonly string _reportEntry = $"Kills {(after ? "after" : "before")} a request";

    private const int Seed = 20260318;

    /// <summary>Number of n per part in the short form.</summary>
    private const int ShortForm = 4;

    private const int ChildProcessInterval = 4;

    [Fact]
    public async Task Killed_at_any_request_nothing_is_sent_twice_and_nothing_is_lost()
    {
        var (table, parts) = await RunBaselineAsync();
        var watch = Stopwatch.StartNew();
        var points = parts.Select((part, number) => Points(part, number == 0)).ToList();
        int kills = 0,
            sigkills = 0,
            runs = 0;
        for (var point = 0; point < points.Max(p => p.Length); point++)
        {
            var kind = point % ChildProcessInterval == 0 ? HostKind.ManualChildProcess : HostKind.InProcess;
            await using var run = await ScenarioRun.OpenAsync(fixture);
            var result = await run.RunAsync(
                FaultFixture.PartsOf,
                part => point < points[part].Length ? new HostRun(kind, KillAt(points[part][point], after)) : null
            );
            var killed = run.PartResults.Count(p => p.WasKilled);
            (kills, sigkills) = (kills + killed, sigkills + (kind is HostKind.InProcess ? 0 : killed));
            table.Add(
                $"{(kind is HostKind.InProcess ? "connections cut" : "SIGKILL")} {(after ? "after" : "before")} a request",
                $"n = {string.Join(", ", points.Where(p => point < p.Length).Select(p => p[point]))}",
                result
            );
            if (++runs % 10 == 0)
                FaultReport.Update(_reportEntry, Note(), table);
        }
        FaultReport.Finish(output, _reportEntry, Note(), table);
        Assert.Empty(table.Failures);
        Assert.True(
            table.HasNoneInDoubt,
            "No notice may be in doubt: Azure Communication Services and Twilio can be queried."
        );

        string Note() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kills} kills, {sigkills} of them SIGKILL, in {runs} runs and {watch.Elapsed.TotalMinutes:F0} min, {(after ? "after" : "before")} {points.Sum(p => Math.Min(p.Length, runs))} of the {parts.Sum(p => p.Requests - p.StartRequests) + parts[0].StartRequests} requests of the scenario; {table.Charges} charges"
            );
    }

    private async Task<(FaultTable Table, IReadOnlyList<PartResult> Parts)> RunBaselineAsync()
    {
        await using var baselineRun = await ScenarioRun.OpenAsync(fixture);
        var result = await baselineRun.RunAsync(FaultFixture.PartsOf, _ => new HostRun(HostKind.InProcess));
        Assert.Empty(result.Leftovers);
        Assert.Empty(result.InDoubt);
        Assert.Empty(result.WrongCharges);
        Assert.Equal(FaultFixture.Full ? 6 : 4, result.Charged.Sum(invoice => invoice.Entries.Count));
        Assert.Equal(FaultFixture.Full ? 74 : 38, result.Accepted.Select(d => d.Notice).Distinct().Count());
        Assert.Equal(result.Accepted.Count, result.Accepted.Select(d => d.Notice).Distinct().Count());
        return (new FaultTable(result), baselineRun.PartResults);
    }

    /// <summary>
    /// The n to try in a part. All hosts start alike, so requests of the start are tried only for the first host.
    /// </summary>
    private static int[] Points(PartResult part, bool isFirst)
    {
        var first = isFirst ? 1 : part.StartRequests + 1;
        var all = part.Requests - first + 1;
        var count = FaultFixture.Full ? all / FaultFixture.Stride : ShortForm;
        int[] points = [.. Enumerable.Range(0, count).Select(i => first + all * (2 * i + 1) / (2 * count))];
        // In random order, so that an interrupted run has sampled all of them.
        new Random(Seed).Shuffle(points);
        return points;
    }

    private static Func<OutgoingRequest, Fault> KillAt(int n, bool after) =>
        request =>
            request.Number != n ? Fault.None
            : after ? Fault.KillAfter
            : Fault.KillBefore;
}

public sealed class KillsBeforeARequest(FaultFixture fixture, ITestOutputHelper output)
    : SystematicKills(fixture, output, after: false);

public sealed class KillsAfterARequest(FaultFixture fixture, ITestOutputHelper output)
    : SystematicKills(fixture, output, after: true);
