using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Local.MailViewer;
using Dunning.Notices.Sms;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

public sealed class Recovery : Scenario
{
    [Fact]
    public async Task A_mail_that_was_claimed_and_never_reached_the_provider_is_sent_once_the_provider_has_said_so()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await DieAfterClaimAsync(id, new NoticeId("20260319090000-email"));
        await RecoverAsync();
        Assert.Empty(Emails); // the sender may be slow rather than stopped

        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();
        await RecoverAsync();

        Assert.Single(Emails);
        Assert.Contains("sent", await EventsAsync(id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mail_that_was_accepted_before_the_sender_died_is_recorded_and_not_sent_again(
        bool anotherChannelClaimedToo
    )
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var notice = await DieAfterClaimAsync(id, new NoticeId("20260319090000-email"));
        if (anotherChannelClaimedToo)
        {
            var invoice = Assert.Single((await Table.ReadAsync(notice.CustomerId, CancellationToken.None))!.Invoices);
            Assert.True(
                await Table.TryCommitAsync(
                    new CustomerTransaction(notice.CustomerId).Save(
                        invoice,
                        invoice.Value with
                        {
                            Dunning = invoice.Value.Dunning with { ClaimedBy = new("20260319090000-sms") },
                        }
                    ),
                    CancellationToken.None
                )
            );
        }
        Host.Outbox.Add(
            new SentEmail
            {
                Id = notice.OperationId.ToString(),
                SentAt = Host.Clock.GetUtcNow(),
                From = "x@x.example",
                To = ["tom@amberley.example"],
                Subject = "Reminder: invoice HF-1",
            }
        );

        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();

        Assert.Single(Emails);
        Assert.Equal(0, Host.Outbox.Repeats);
        Assert.Contains("sent", await EventsAsync(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_message_of_a_dead_sender_is_looked_up_before_anything_is_decided(bool wasAccepted)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: "+447700900123")));
        await DieAfterClaimAsync(id, new NoticeId("20260319090000-sms"));
        if (wasAccepted)
            Host.Outbox.Add(
                new SentSms
                {
                    Id = "SM1",
                    SentAt = Host.Clock.GetUtcNow(),
                    Account = "AC00000000000000000000000000000000",
                    To = "+447700900123",
                    From = "+447700900900",
                    Body = "HF-1",
                    SegmentCount = 1,
                    IsGsm7 = true,
                }
            );

        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();
        await RecoverAsync();

        Assert.Single(SmsMessages);
        Assert.Contains("sent", await EventsAsync(id));
    }

    [Fact]
    public async Task What_the_provider_cannot_tell_is_listed_as_in_doubt_and_never_sent_again_by_itself()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var dead = await DieAfterClaimAsync(id, new NoticeId("20260319090000-email"));
        // With a mail server the outcome cannot be queried.
        var account = (await Table.ReadAsync(dead.CustomerId, CancellationToken.None))!;
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(account.Id).Save(
                    account.Notices[0],
                    account.Notices[0].Value with
                    {
                        InDoubtReason = "a mail server cannot be asked",
                        ProviderQueried = true,
                    }
                ),
                CancellationToken.None
            )
        );

        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();
        await AdvanceDailyAsync("2026-03-20", "2026-03-22");

        Assert.Empty(Emails);
        var listed = (await RecoverListAsync()).GetProperty("inDoubt");
        Assert.Equal("20260319090000-email", Assert.Single(listed.EnumerateArray()).GetProperty("notice").GetString());
    }

    /// <summary>The rows of a sender that crashed between claim and record, on Thursday 19 March at 09:00.</summary>
    private async Task<Notice> DieAfterClaimAsync(string invoiceId, NoticeId noticeId)
    {
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var account = (await Table.ReadAsync(new CustomerId(invoiceId.Split('-')[0]), CancellationToken.None))!;
        var notice = account.Notice(noticeId)!;
        var claimed = notice.Value with
        {
            State = NoticeState.Sending,
            Claim = "dead",
            ClaimedAt = Host.Clock.GetUtcNow(),
            To = ["+447700900123"],
            TextHash = SmsGateway.HashOf("HF-1"),
        };
        var invoice = account.Invoice(notice.Value.Lines[0].InvoiceId)!;
        var claim = new CustomerTransaction(account.Id)
            .Save(notice, claimed)
            .Save(invoice, invoice.Value with { Dunning = invoice.Value.Dunning with { ClaimedBy = noticeId } });
        Assert.True(await Table.TryCommitAsync(claim, CancellationToken.None));
        await Host.PumpAsync();
        return claimed;
    }

    [Fact]
    public async Task While_the_provider_cannot_be_asked_each_wait_is_twice_the_last()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await DieAfterClaimAsync(id, new NoticeId("20260319090000-email"));
        List<int> asked = [];
        for (var minute = 5; minute <= 8 * 60; minute += 5)
        {
            Host.Clock.SetTo(At("2026-03-19T09:00Z").AddMinutes(minute));
            await Host.RunTimerAsync(nameof(RequeueStalledNotices));
            if (await CountMessagesAsync(Queues.EmailNotices) > 0)
                asked.Add(minute);
            await ClearQueueAsync(Queues.EmailNotices);
        }

        Assert.Equal([15, 30, 60, 120, 240, 480], asked);
        Assert.Single((await RecoverListAsync()).GetProperty("inDoubt").EnumerateArray());
    }

    private Task<JsonElement> RecoverListAsync() => Http.GetFromJsonAsync<JsonElement>("api/manage/recover");
}
