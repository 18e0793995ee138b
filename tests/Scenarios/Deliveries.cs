using System.Net;
using Dunning.Local.MailViewer;
using Dunning.Notices.Sms;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Delivery reports of the providers. Due Monday 16 March 2026: first reminder by email on the 19th, second by email
/// and SMS on the 23rd.
/// </summary>
[Trait("Category", "Long")]
public sealed class Deliveries : Scenario
{
    private ProviderCallbacks Provider => Host.Services.GetRequiredService<ProviderCallbacks>();

    [Fact]
    public async Task A_reminder_that_bounces_goes_out_as_a_text_the_same_day_and_the_address_is_not_used_again()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await ReportAsync(Assert.Single(Emails), "Bounced");

        Assert.Equal("+447700900123", Assert.Single(SmsMessages).To);
        Assert.Equal(
            ["accepted", "notDelivered", "planned", "planned", "sent", "sent", "stepSkipped"],
            (await EventsAsync(id)).Order()
        );

        await AdvanceDailyAsync("2026-03-20", "2026-03-23");
        Assert.Single(Emails);
        Assert.Equal(2, SmsMessages.Count());
    }

    [Fact]
    public async Task Another_address_of_the_customer_comes_before_the_phone()
    {
        var ann = new { name = "Ann", email = "ann@amberley.example" };
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123", contacts: [ann])));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await ReportAsync(Assert.Single(Emails), "Suppressed");

        Assert.Contains("ann@amberley.example", Emails.Last().To[0], StringComparison.Ordinal);
        Assert.Empty(SmsMessages);
        await ReportAsync(Emails.Last(), "Bounced");
        Assert.Single(SmsMessages);
    }

    [Fact]
    public async Task A_fallback_notice_that_a_hold_stops_is_sent_when_the_hold_ends()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        await AdvanceToAsync("2026-03-19T09:00Z");
        Host.Clock.SetTo(At("2026-03-19T17:30Z"));
        await ReportAsync(Assert.Single(Emails), "Bounced");
        await ChangeAsync(id, "hold", new { reason = "they called" });
        await AdvanceToAsync("2026-03-20T09:00Z");
        Assert.Empty(SmsMessages); // planned for this morning and stopped

        await ChangeAsync(id, "resume", new { });
        await AdvanceDailyAsync("2026-03-23", "2026-03-24");

        Assert.Equal("first", (await GetInvoiceAsync(id)).GetProperty("step").GetString());
        Assert.Single(SmsMessages);
    }

    [Fact]
    public async Task Where_there_is_no_other_way_the_account_manager_is_asked_to_find_one()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await ReportAsync(Assert.Single(Emails), "Bounced");

        Assert.Contains("maya@harbourfinch.example", Emails.Last().To[0], StringComparison.Ordinal);
        Assert.Contains("could not be delivered", Emails.Last().Plain, StringComparison.Ordinal);
        Assert.Equal("needsContact", await StateAsync(id));
        Assert.Contains("taskForPerson", await EventsAsync(id));
    }

    [Fact]
    public async Task An_unreachable_number_is_not_used_again_and_no_step_is_repeated_that_an_email_covered()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        await AdvanceDailyAsync("2026-03-19", "2026-03-23");
        var mails = Emails.Count();
        await ReportAsync(Assert.Single(SmsMessages), "30005");

        Assert.Equal(mails, Emails.Count());
        Assert.Contains("notDelivered", await EventsAsync(id));
        Assert.Equal(
            ["+447700900123"],
            (await Table.ReadAsync(new CustomerId(id.Split('-')[0]), CancellationToken.None))!
                .Customer
                .Value
                .DeadAddresses
        );
    }

    [Fact]
    public async Task A_number_that_is_only_switched_off_stays_in_use()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: "+447700900123")));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await ReportAsync(Assert.Single(SmsMessages), "30003");

        Assert.Contains("notDelivered", await EventsAsync(id));
        Assert.NotEqual("needsContact", await StateAsync(id));
    }

    [Fact]
    public async Task A_final_delivery_status_is_recorded_once_and_never_replaced()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: "+447700900123")));
        await AdvanceToAsync("2026-03-19T09:00Z");
        foreach (var status in new[] { "sent", "delivered", "sent", "delivered", "30005", "queued" })
            await ReportAsync(SmsMessages.Single(), status);

        Assert.Single(await EventsAsync(id), "delivered");
        Assert.DoesNotContain("notDelivered", await EventsAsync(id));
        Assert.NotEqual("needsContact", await StateAsync(id));
    }

    [Fact]
    public async Task A_bounced_copy_recipient_is_omitted_from_then_on_and_nothing_is_sent_twice()
    {
        var ann = new
        {
            name = "Ann",
            email = "ann@amberley.example",
            cc = true,
        };
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(contacts: [ann])));
        await AdvanceToAsync("2026-03-19T09:00Z");
        await Provider.ReportAsync(Emails.Single(), "Bounced", "ANN@amberley.example");
        await AdvanceDailyAsync("2026-03-19", "2026-03-23");

        Assert.Equal(2, Emails.Count());
        Assert.Empty(Emails.Last().Cc);
    }

    [Fact]
    public async Task A_number_that_the_provider_refuses_on_sending_leaves_a_task_where_there_is_no_mail_address()
    {
        ExpectedWarnings.Add("was refused by the Sms provider");
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: "+15005550001")));
        await AdvanceToAsync("2026-03-19T09:00Z");

        Assert.Contains("maya@harbourfinch.example", Assert.Single(Emails).To[0], StringComparison.Ordinal);
        Assert.Equal("needsContact", await StateAsync(id));
    }

    [Fact]
    public async Task A_report_that_is_faster_than_the_sender_waits_for_it()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: "+447700900123")));
        Host.Clock.SetTo(At("2026-03-19T09:00Z"));
        await PlanAsync();
        var sms = await AcceptWithoutOutcomeAsync(id, new NoticeId("20260319090000-sms"));
        await ReportAsync(sms, "delivered");
        Assert.DoesNotContain("delivered", await EventsAsync(id));

        Host.Clock.Advance(TimeSpan.FromMinutes(16));
        await RecoverAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(20));
        await Host.PumpAsync();

        Assert.Equal(["accepted", "delivered", "planned", "sent", "stepSkipped"], (await EventsAsync(id)).Order());
        Assert.Single(SmsMessages);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task What_Twilio_has_not_signed_is_refused(string? signature)
    {
        foreach (var route in new[] { "status?customer=c&notice=n" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"api/twilio/{route}")
            {
                Content = new FormUrlEncodedContent([new("MessageStatus", "delivered")]),
            };
            if (signature is not null)
                request.Headers.Add(TwilioSignature.HeaderName, signature);
            using var answer = await Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_report_about_an_unknown_message_changes_nothing()
    {
        var unknown = new SentEmail
        {
            Id = Guid.NewGuid().ToString(),
            SentAt = Host.Clock.GetUtcNow(),
            From = "x@x.example",
            To = ["y@y.example"],
            Subject = "Newsletter",
        };
        await ReportAsync(unknown, "Bounced");
        Assert.Empty(Emails);
    }

    private async Task ReportAsync(SentItem message, string status)
    {
        await Provider.ReportAsync(message, status);
        await Host.PumpAsync();
    }

    /// <summary>The rows of a sender that crashed after Twilio accepted its message.</summary>
    private async Task<SentSms> AcceptWithoutOutcomeAsync(string invoiceId, NoticeId noticeId)
    {
        var account = (await Table.ReadAsync(new CustomerId(invoiceId.Split('-')[0]), CancellationToken.None))!;
        var notice = account.Notice(noticeId)!;
        var claimed = notice.Value with
        {
            State = NoticeState.Sending,
            Claim = "dead",
            ClaimedAt = Host.Clock.GetUtcNow(),
            To = ["+447700900123"],
            TextHash = SmsGateway.HashOf("Hello"),
        };
        var invoice = account.Invoice(notice.Value.Lines[0].InvoiceId)!;
        Assert.True(
            await Table.TryCommitAsync(
                new CustomerTransaction(account.Id)
                    .Save(notice, claimed)
                    .Save(
                        invoice,
                        invoice.Value with
                        {
                            Dunning = invoice.Value.Dunning with { ClaimedBy = noticeId },
                        }
                    ),
                CancellationToken.None
            )
        );
        var sms = new SentSms
        {
            Id = "SM1",
            SentAt = Host.Clock.GetUtcNow(),
            Account = "AC00000000000000000000000000000000",
            To = "+447700900123",
            From = "+447700900900",
            Body = "Hello",
            SegmentCount = 1,
            IsGsm7 = true,
            StatusCallback = Host.Services.GetRequiredService<TwilioWebhook>().StatusCallback(claimed),
        };
        Host.Outbox.Add(sms);
        return sms;
    }
}
