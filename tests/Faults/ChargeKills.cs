using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>
/// Kills before and after every write that is about the fixed sum of <see cref="FaultScenario.WithCharges"/>: the claims
/// of the email and the SMS that charge it, on two invoices, and its entries in the two ledgers.
/// </summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class ChargeKills(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    /// <summary>The claim of the email, and one entry for each invoice.</summary>
    private const int LeastWrites = 3;

    [Fact]
    public async Task Killed_around_any_write_of_a_charge_it_is_charged_exactly_once()
    {
        var writes = 0;
        await using var baselineRun = await ScenarioRun.OpenAsync(fixture);
        var baseline = await RunAsync(
            baselineRun,
            request =>
            {
                Interlocked.Add(ref writes, IsAboutCharge(request) ? 1 : 0);
                return Fault.None;
            }
        );
        Assert.Empty(baseline.WrongCharges);
        Assert.True(writes >= LeastWrites, $"Only {writes} writes were about a charge.");
        var table = new FaultTable(baseline);
        var kills = 0;
        for (var i = 0; i < writes * 2; i++)
        {
            var (point, after, seen) = (i / 2 + 1, i % 2 == 1, 0);
            await using var run = await ScenarioRun.OpenAsync(fixture);
            var result = await RunAsync(
                run,
                request =>
                    !IsAboutCharge(request) || Interlocked.Increment(ref seen) != point ? Fault.None
                    : after ? Fault.KillAfter
                    : Fault.KillBefore
            );
            kills += run.PartResults.Count(part => part.WasKilled);
            table.Add(
                $"connections cut {(after ? "after" : "before")} a write of a charge",
                string.Create(CultureInfo.InvariantCulture, $"write {point}"),
                result
            );
        }
        FaultReport.Finish(
            output,
            "Kills around a charge",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{kills} kills at {writes} writes of a charge; {table.Charges} charges"
            ),
            table
        );
        Assert.Empty(table.Failures);
        Assert.Equal(writes * 2, kills);
    }

    private static Task<RunResult> RunAsync(ScenarioRun run, Func<OutgoingRequest, Fault> faultPlan) =>
        run.RunAsync(
            scenario => scenario.OneMorning[..2],
            part => part == 1 ? new HostRun(HostKind.InProcess, faultPlan) : null
        );

    private static bool IsAboutCharge(OutgoingRequest request) =>
        request.IsTransaction && Encoding.UTF8.GetString(request.Body).Contains("fixed-sum", StringComparison.Ordinal);
}
