using Dunning.Receivables;
using Dunning.Scheduling;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

public sealed class Outages : Scenario
{
    [Theory]
    [InlineData("2026-03-19T09:00Z", "Reminder: invoice HF-1")]
    [InlineData("2026-03-20T09:00Z", "Reminder: invoice HF-1")]
    [InlineData("2026-03-24T09:00Z", "Can we help with invoice HF-1?")]
    [InlineData("2026-03-31T08:00Z", "Still open: invoice HF-1, 15 days overdue")]
    public async Task After_a_gap_only_the_highest_step_reached_is_sent(string backAt, string subject)
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceToAsync(backAt);
        await RunTimersAsync();

        Assert.Equal(
            subject,
            Assert.Single(Emails, mail => mail.To[0].Contains("tom@", StringComparison.Ordinal)).Subject
        );
    }

    [Fact]
    public async Task Back_at_night_or_on_a_Sunday_the_reminder_waits_for_the_next_business_morning()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceToAsync("2026-03-20T23:00Z");
        await AdvanceToAsync("2026-03-22T10:00Z");
        Assert.Empty(Emails);

        await AdvanceToAsync("2026-03-23T09:00Z");
        Assert.Single(Emails);
    }

    [Fact]
    public async Task Ten_scans_at_once_and_ninety_six_a_day_send_one_reminder()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Host.RunTimerAsync(nameof(FindOverdueInvoices))));
        await Host.PumpAsync();
        for (var minute = 0; minute < 24 * 60; minute += 120)
            await AdvanceToAsync(
                At("2026-03-19T09:00Z")
                    .AddMinutes(minute)
                    .ToString("O", System.Globalization.CultureInfo.InvariantCulture)
            );

        Assert.Single(Emails);
    }

    [Fact]
    public async Task A_planned_notice_whose_message_was_lost_is_sent_a_quarter_of_an_hour_later()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        await ClearQueueAsync(Queues.EmailNotices);
        await Host.PumpAsync();
        Assert.Empty(Emails);

        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();
        Assert.Single(Emails);
    }

    [Fact]
    public async Task A_message_delivered_twice_sends_once()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var ready = new Dunning.Notices.Delivery.NoticeReady(
            new CustomerId(id.Split('-')[0]),
            new NoticeId("20260319090000-email")
        );
        for (var i = 0; i < 5; i++)
            await Queue.SendAsync(Queues.EmailNotices, ready, TimeSpan.Zero, CancellationToken.None);
        await Host.PumpAsync();

        Assert.Single(Emails);
        Assert.Equal(0, Host.Outbox.Repeats);
    }
}
