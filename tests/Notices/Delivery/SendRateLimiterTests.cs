using Azure.Data.Tables;
using Dunning.Local;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Notices.Delivery;

public sealed class SendRateLimiterTests(AccountFixture account) : IClassFixture<AccountFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset _nine = TestData.Time("2026-03-02T09:00Z");

    private readonly MovableClock _clock = new(_nine, frozen: true);
    private readonly TableClient _table = new TableServiceClient(account.ConnectionString).GetTableClient(
        $"pace{Guid.NewGuid():N}"
    );

    public Task InitializeAsync() => _table.CreateIfNotExistsAsync();

    public Task DisposeAsync() => _table.DeleteAsync();

    [Fact]
    public async Task Three_hosts_that_send_at_once_keep_one_quota_together()
    {
        var hosts = Enumerable.Range(0, 3).Select(_ => Host()).ToList();

        var turns = await Task.WhenAll(
            Enumerable
                .Range(0, 45)
                .Select(i => hosts[i % 3].ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None))
        );

        Assert.Equal(
            [
                (_nine, 10),
                (_nine.AddMinutes(1), 10),
                (_nine.AddMinutes(2), 10),
                (_nine.AddMinutes(3), 10),
                (_nine.AddMinutes(4), 5),
            ],
            turns.CountBy(turn => turn).OrderBy(turn => turn.Key).Select(turn => (turn.Key, turn.Value))
        );
    }

    [Fact]
    public async Task A_copy_to_management_is_a_mail_too()
    {
        for (var i = 0; i < 10; i++)
            await Host().ReserveSlotAsync(Notice(Channel.Escalation), 1, CancellationToken.None);

        Assert.Equal(
            _nine.AddMinutes(1),
            await Host().ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_text_takes_a_turn_for_each_segment()
    {
        Assert.Equal(_nine, await Host().ReserveSlotAsync(Notice(Channel.Sms), 3, CancellationToken.None));
        Assert.Equal(
            _nine.AddSeconds(3),
            await Host().ReserveSlotAsync(Notice(Channel.Sms), 1, CancellationToken.None)
        );
    }

    [Fact]
    public async Task Who_has_waited_for_a_turn_goes_and_who_has_slept_through_it_takes_another()
    {
        for (var i = 0; i < 10; i++)
            await Host().ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None);
        var waited = Notice(Channel.Email) with { SendSlot = _nine };

        Assert.Equal(_nine, await Host().ReserveSlotAsync(waited, 1, CancellationToken.None));
        Assert.Equal(
            _nine.AddMinutes(1),
            await Host().ReserveSlotAsync(waited with { SendSlot = _nine.AddHours(-1) }, 1, CancellationToken.None)
        );
    }

    [Fact]
    public async Task What_the_provider_asks_to_wait_all_wait()
    {
        await Host().BackOffAsync(Notice(Channel.Email), TimeSpan.FromMinutes(12), CancellationToken.None);
        await Host().BackOffAsync(Notice(Channel.Email), TimeSpan.FromMinutes(2), CancellationToken.None);

        Assert.Equal(
            _nine.AddMinutes(12),
            await Host().ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None)
        );
        Assert.Equal(_nine, await Host().ReserveSlotAsync(Notice(Channel.Sms), 1, CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_quota_nothing_waits_and_nothing_is_read()
    {
        var nowhere = new TableServiceClient(account.ConnectionString).GetTableClient("never0made");
        var limiter = new SendRateLimiter(nowhere, [], [], _clock);

        Assert.Equal(_nine, await limiter.ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None));
    }

    private SendRateLimiter Host() =>
        new(_table, [new RateLimit(10, TimeSpan.FromMinutes(1))], [new RateLimit(1, TimeSpan.FromSeconds(1))], _clock);

    private static Notice Notice(Channel channel) =>
        new()
        {
            Id = "20260302-email",
            CustomerId = "c1",
            Channel = channel,
            Tone = NoticeTone.Friendly,
            Lines = [],
            PlannedAt = _nine,
            NotBefore = _nine,
        };
}
