using Azure.Data.Tables;
using Dunning.Local;
using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Notices.Delivery;

public sealed class SendRateLimiterTests(AccountFixture account) : IClassFixture<AccountFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset _nineOClock = TestData.Time("2026-03-02T09:00Z");

    private readonly MovableClock _clock = new(_nineOClock, frozen: true);
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
                (_nineOClock, 10),
                (_nineOClock.AddMinutes(1), 10),
                (_nineOClock.AddMinutes(2), 10),
                (_nineOClock.AddMinutes(3), 10),
                (_nineOClock.AddMinutes(4), 5),
            ],
            turns.CountBy(slot => slot).OrderBy(turn => turn.Key).Select(turn => (turn.Key, turn.Value))
        );
    }

    [Fact]
    public async Task A_copy_to_management_is_a_mail_too()
    {
        for (var i = 0; i < 10; i++)
            await Host().ReserveSlotAsync(Notice(Channel.Escalation), 1, CancellationToken.None);

        Assert.Equal(
            _nineOClock.AddMinutes(1),
            await Host().ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None)
        );
    }

    [Fact]
    public async Task An_SMS_takes_a_slot_for_each_segment()
    {
        Assert.Equal(_nineOClock, await Host().ReserveSlotAsync(Notice(Channel.Sms), 3, CancellationToken.None));
        Assert.Equal(
            _nineOClock.AddSeconds(3),
            await Host().ReserveSlotAsync(Notice(Channel.Sms), 1, CancellationToken.None)
        );
    }

    [Fact]
    public async Task A_message_is_sent_in_its_slot_and_takes_another_when_the_slot_has_expired()
    {
        for (var i = 0; i < 10; i++)
            await Host().ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None);
        var waited = Notice(Channel.Email) with { SendSlot = _nineOClock };

        Assert.Equal(_nineOClock, await Host().ReserveSlotAsync(waited, 1, CancellationToken.None));
        Assert.Equal(
            _nineOClock.AddMinutes(1),
            await Host()
                .ReserveSlotAsync(waited with { SendSlot = _nineOClock.AddHours(-1) }, 1, CancellationToken.None)
        );
    }

    [Fact]
    public async Task What_the_provider_asks_to_wait_all_wait()
    {
        await Host().BackOffAsync(Notice(Channel.Email), TimeSpan.FromMinutes(12), CancellationToken.None);
        await Host().BackOffAsync(Notice(Channel.Email), TimeSpan.FromMinutes(2), CancellationToken.None);

        Assert.Equal(
            _nineOClock.AddMinutes(12),
            await Host().ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None)
        );
        Assert.Equal(_nineOClock, await Host().ReserveSlotAsync(Notice(Channel.Sms), 1, CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_quota_nothing_waits_and_nothing_is_read()
    {
        var nowhere = new TableServiceClient(account.ConnectionString).GetTableClient("never0made");
        var limiter = new SendRateLimiter(nowhere, [], [], _clock);

        Assert.Equal(_nineOClock, await limiter.ReserveSlotAsync(Notice(Channel.Email), 1, CancellationToken.None));
    }

    private SendRateLimiter Host() =>
        new(_table, [new RateLimit(10, TimeSpan.FromMinutes(1))], [new RateLimit(1, TimeSpan.FromSeconds(1))], _clock);

    private static Notice Notice(Channel channel) =>
        new()
        {
            Id = new("20260302-email"),
            CustomerId = new("c1"),
            Channel = channel,
            Tone = NoticeTone.Friendly,
            Lines = [],
            PlannedAt = _nineOClock,
            NotBefore = _nineOClock,
        };
}
