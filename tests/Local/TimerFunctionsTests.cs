using System.Net;
using System.Net.Http.Json;
using Dunning.Local;
using Dunning.Tests.Fixtures;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Tests.Local;

public sealed class TimerFunctionsTests(AccountFixture account) : IClassFixture<AccountFixture>
{
    private static readonly DateTimeOffset _start = new(2026, 11, 23, 8, 10, 0, TimeSpan.Zero);

    [Fact]
    public async Task Timers_follow_the_clock_when_a_person_moves_it()
    {
        await using var host = await SampleHost.StartAsync(
            account.ConnectionString,
            o => o with { Background = true, Clock = new(_start, frozen: true) }
        );

        using var moved = await host.Client.PostAsJsonAsync("local/clock", new { advance = "05:00:00" });
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        var late = await host.CallLog.NextAsync<TimerInfo>();
        Assert.True(late.IsPastDue);

        host.Host.Clock.SetTo(_start.AddMinutes(350));
        var onTime = await host.CallLog.NextAsync<TimerInfo>();
        Assert.False(onTime.IsPastDue);
        Assert.Equal(_start.AddMinutes(300).UtcDateTime, onTime.ScheduleStatus!.Last);
        Assert.Empty(host.CallLog.TakeAll());
    }

    [Fact]
    public async Task A_timer_can_be_run_by_hand_and_what_it_throws_comes_out()
    {
        await using var host = await SampleHost.StartAsync(account.ConnectionString);
        await host.Host.RunTimerAsync("Hourly");
        Assert.Single(host.CallLog.TakeAll());

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Host.RunTimerAsync("Never"));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Host.RunTimerAsync("Nobody"));

        using var byHttp = await host.Client.PostAsync("local/timers/hourly", null);
        Assert.Equal(HttpStatusCode.NoContent, byHttp.StatusCode);
        using var unknown = await host.Client.PostAsync("local/timers/nobody", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData("""{"set":"soon"}""")]
    [InlineData("""{"advance":"-1.00:00:00"}""")]
    [InlineData("{}")]
    public async Task The_clock_refuses_what_it_does_not_understand(string body)
    {
        await using var host = await SampleHost.StartAsync(
            account.ConnectionString,
            o => o with { Clock = new(_start, frozen: true) }
        );
        using var answer = await host.Client.PostAsync(
            "local/clock",
            new StringContent(body, null, "application/json")
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(_start, host.Host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named_with_the_option_that_helps()
    {
        await using var host = await SampleHost.StartAsync(account.ConnectionString);
        var port = host.Host.BaseAddress.Port;
        var thrown = await Assert.ThrowsAsync<CannotRunHereException>(() =>
            SampleHost.StartAsync(account.ConnectionString, o => o with { Port = port })
        );
        Assert.Contains($"Port {port}", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("--port", thrown.Message, StringComparison.Ordinal);
    }
}
