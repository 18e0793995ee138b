using System.Globalization;
using Dunning.Local;
using Dunning.Recovery;
using Dunning.Scheduling;
using Xunit.Abstractions;

namespace Dunning.Tests.Faults;

/// <summary>More scans, on more hosts, than there is work.</summary>
[Trait("Category", "Faults")]
[Trait("Category", "Long")]
public sealed class Scans(FaultFixture fixture, ITestOutputHelper output) : IClassFixture<FaultFixture>
{
    [Fact]
    public async Task Two_hosts_and_ten_scans_at_once_send_each_notice_once()
    {
        var table = new FaultTable(await fixture.RunBaselineAsync());
        await using var environment = await FaultEnvironment.OpenAsync(fixture);
        var (scenario, http, first, second) = await StartTwoHostsAsync(environment);
        await scenario.SetClockAsync(http, "2026-03-19T09:00:00Z");

        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i =>
                    (i % 2 == 0 ? first : second).RunTimerAsync(
                        i % 4 < 2 ? nameof(FindOverdueInvoices) : nameof(FindUpcomingInvoices)
                    )
                )
        );
        await Task.WhenAll(first.PumpAsync(), second.PumpAsync());
        foreach (var action in scenario.LongMorning.Skip(scenario.BeforeTheMorning.Count + 2))
            await action(http);

        table.Add("ten scans at once, two hosts", "", await RunResult.ReadAsync(http, environment, scenario));
        FaultReport.Finish(output, "Ten scans at once", "on two hosts", table);
        Assert.Empty(table.Failures);
    }

    /// <summary>Every 15 minutes from midnight to midnight on both hosts; every two hours in the short form.</summary>
    [Fact]
    public async Task A_day_of_96_scans_on_two_hosts_sends_each_notice_once()
    {
        var table = new FaultTable(await fixture.RunBaselineAsync());
        await using var environment = await FaultEnvironment.OpenAsync(fixture);
        var (scenario, http, first, second) = await StartTwoHostsAsync(environment);
        var interval = TimeSpan.FromMinutes(FaultFixture.Full ? 15 : 120);
        var (scans, begin) = (0, FaultScenario.At("2026-03-19T00:00:00Z"));
        for (var now = begin; now < begin.AddDays(1); now += interval, scans++)
        {
            await scenario.SetClockAsync(http, now.ToString("O", CultureInfo.InvariantCulture));
            await Task.WhenAll(RunTimersAsync(first), RunTimersAsync(second));
        }
        await scenario.ActAsync(http);
        table.Add(
            string.Create(CultureInfo.InvariantCulture, $"{scans} scans in one day, two hosts"),
            "",
            await RunResult.ReadAsync(http, environment, scenario)
        );
        FaultReport.Finish(
            output,
            "Scans of one day",
            string.Create(CultureInfo.InvariantCulture, $"{scans} scans in one day, each by two hosts at once"),
            table
        );
        Assert.Empty(table.Failures);
    }

    private static async Task<(
        FaultScenario Scenario,
        HttpClient Http,
        LocalHost First,
        LocalHost Second
    )> StartTwoHostsAsync(FaultEnvironment environment)
    {
        environment.Clock.SetTo(FaultScenario.Start);
        var scenario = new FaultScenario(environment.Clock);
        var http = await environment.ConnectToFaultFreeHostAsync();
        foreach (var action in scenario.BeforeTheMorning)
            await action(http);
        return (
            scenario,
            http,
            await environment.StartHostAsync(environment.OpenProxy()),
            await environment.StartHostAsync(environment.OpenProxy())
        );
    }

    private static async Task RunTimersAsync(LocalHost host)
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
