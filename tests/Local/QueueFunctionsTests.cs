using Dunning.Local;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Local;

public sealed class QueueFunctionsTests(AccountFixture account) : IClassFixture<AccountFixture>
{
    [Fact]
    public async Task Pumping_runs_chains_of_messages_to_their_end()
    {
        await using var host = await SampleHost.StartAsync(account.ConnectionString);
        await host.Queue(host.QueueNames.First).SendMessageAsync("""{"left":3}""");

        Assert.Equal(7, await host.Host.PumpAsync());
        Assert.Equal(
            [new CountdownMessage(3), new CountdownMessage(2), new CountdownMessage(1), new CountdownMessage(0)],
            host.CallLog.TakeAll()
        );
        Assert.Equal(0, await host.Host.PumpAsync());
    }

    [Fact]
    public async Task A_message_that_fails_every_time_ends_in_the_poison_queue()
    {
        await using var host = await SampleHost.StartAsync(
            account.ConnectionString,
            o => o with { Queues = QueueSettings.Defaults with { MaxDequeueCount = 3 } }
        );
        await host.Queue(host.QueueNames.Third).SendMessageAsync("""{"left":1}""");

        Assert.Equal(3, await host.Host.PumpAsync());
        Assert.Equal([1L, 2L, 3L], host.CallLog.TakeAll());
        Assert.Equal("""{"left":1}""", await PoisonAsync(host, host.QueueNames.Third));
        Assert.Equal(0, (await host.Queue(host.QueueNames.Third).GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("""{"left":"many"}""")]
    public async Task A_message_the_function_cannot_read_is_poison_too(string text)
    {
        await using var host = await SampleHost.StartAsync(account.ConnectionString);
        await host.Queue(host.QueueNames.First).SendMessageAsync(text);

        Assert.Equal(QueueSettings.Defaults.MaxDequeueCount, await host.Host.PumpAsync());
        Assert.Empty(host.CallLog.TakeAll());
        Assert.Equal(text, await PoisonAsync(host, host.QueueNames.First));
    }

    [Fact]
    public async Task Listeners_run_messages_by_themselves()
    {
        await using var host = await SampleHost.StartAsync(account.ConnectionString, o => o with { Background = true });
        for (var i = 0; i < 40; i++)
            await host.Queue(host.QueueNames.Second).SendMessageAsync("""{"left":0}""");

        for (var i = 0; i < 40; i++)
            Assert.Equal(new CountdownMessage(0), await host.CallLog.NextAsync<CountdownMessage>());
    }

    [Fact]
    public async Task A_failed_message_waits_by_the_movable_clock()
    {
        await using var account = await TestStorage.OpenAccountAsync();
        await using var host = await SampleHost.StartAsync(
            account.ConnectionString,
            o => o with { Queues = QueueSettings.Defaults with { VisibilityTimeout = TimeSpan.FromHours(2) } }
        );
        account.FollowClock(host.Host.Clock);
        await host.Queue(host.QueueNames.Third).SendMessageAsync("""{"left":1}""");

        Assert.Equal(1, await host.Host.PumpAsync());
        host.Host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await host.Host.PumpAsync());
        host.Host.Clock.Advance(TimeSpan.FromHours(1.01));
        Assert.Equal(1, await host.Host.PumpAsync());
        Assert.Equal([1L, 2L], host.CallLog.TakeAll());
    }

    private static async Task<string> PoisonAsync(SampleHost host, string queue) =>
        Assert.Single((await host.Queue($"{queue}-poison").PeekMessagesAsync(32)).Value).MessageText;
}
