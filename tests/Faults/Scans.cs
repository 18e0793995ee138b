using System.Globalization;
using Dunning.Local;
using Dunning.Recovery;
using Dunning.Scheduling;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>Looking more often, or from more hosts, than there is anything to find.</summary>
[Trait("Category", "Faults")]
public sealed class Scans(FaultLab lab, ITestOutputHelper output) : IClassFixture<FaultLab>
{
    [Fact]
    public async Task Two_hosts_and_ten_scans_at_once_send_each_notice_once()
    {
        var table = new FaultTable(await lab.CalmLongMorningAsync());
        await using var stage = await Stage.OpenAsync(lab);
        var (script, http, one, two) = await BeginAsync(stage);
        await script.ComeAsync(http, "2026-03-19T09:00:00Z");

        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i =>
                    (i % 2 == 0 ? one : two).RunTimerAsync(
                        i % 4 < 2 ? nameof(FindOverdueInvoices) : nameof(FindUpcomingInvoices)
                    )
                )
        );
        await Task.WhenAll(one.PumpAsync(), two.PumpAsync());
        foreach (var act in script.LongMorning.Skip(3))
            await act(http);

        table.Add("ten scans at once, two hosts", "", await RunResult.ReadAsync(http, stage, script));
        FaultReport.End(output, "Ten scans at once", "on two hosts", table);
        Assert.Empty(table.Findings);
    }

    /// <summary>
    /// Every 15 minutes from midnight to midnight, as the timers of both hosts do; every two hours in the test command.
    /// </summary>
    [Fact]
    public async Task A_day_of_96_scans_on_two_hosts_sends_each_notice_once()
    {
        var table = new FaultTable(await lab.CalmLongMorningAsync());
        await using var stage = await Stage.OpenAsync(lab);
        var (script, http, one, two) = await BeginAsync(stage);
        var every = TimeSpan.FromMinutes(FaultLab.Full ? 15 : 120);
        var (scans, begin) = (0, Script.At("2026-03-19T00:00:00Z"));
        for (var now = begin; now < begin.AddDays(1); now += every, scans++)
        {
            await script.ComeAsync(http, now.ToString("O", CultureInfo.InvariantCulture));
            await Task.WhenAll(TickAsync(one), TickAsync(two));
        }
        table.Add(
            string.Create(CultureInfo.InvariantCulture, $"{scans} scans in a day, two hosts"),
            "",
            await RunResult.ReadAsync(http, stage, script)
        );
        FaultReport.End(
            output,
            "A day of scans",
            string.Create(CultureInfo.InvariantCulture, $"{scans} scans in one day, each by two hosts at once"),
            table
        );
        Assert.Empty(table.Findings);
    }

    private static async Task<(Script Script, HttpClient Http, LocalHost One, LocalHost Two)> BeginAsync(Stage stage)
    {
        stage.Clock.SetTo(Script.Start);
        var script = new Script(stage.Clock);
        var http = await stage.CalmHostAsync();
        await script.PostInvoicesAsync(http);
        return (
            script,
            http,
            await stage.StartHostAsync(stage.OpenWire()),
            await stage.StartHostAsync(stage.OpenWire())
        );
    }

    private static async Task TickAsync(LocalHost host)
    {
        foreach (
            var timer in new[]
            {
                nameof(FindUpcomingInvoices),
                nameof(FindOverdueInvoices),
                nameof(RequeueStalledNotices),
            }
        )
            await host.RunTimerAsync(timer);
        await host.PumpAsync();
    }
}
