using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>£119, issued 1 February, due Monday 16 March 2026.</summary>
[Trait("Category", "Long")]
public sealed class UnpaidInvoices : Scenario
{
    private static readonly object[] _contacts =
    [
        new { name = "Tom Price", email = "tom@amberley.example" },
        new
        {
            name = "Ruth Amberley",
            email = "ruth@amberley.example",
            role = "management",
        },
    ];

    [Fact]
    public async Task Every_step_is_taken_and_the_last_ones_wait_for_approval()
    {
        var id = await PostInvoiceAsync(
            Invoice("HF-1", customer: Customer(phone: "+447700900123", contacts: _contacts))
        );

        await AdvanceDailyAsync("2026-03-02", "2026-03-08");
        Assert.Empty(Host.Outbox.Sent);

        await AdvanceToAsync("2026-03-09T09:00Z"); // five business days before
        Assert.Equal("Invoice HF-1 is due on 16 March 2026", Assert.Single(Emails).Subject);

        await AdvanceDailyAsync("2026-03-10", "2026-03-18");
        Assert.Single(Emails);

        await AdvanceToAsync("2026-03-19T09:00Z"); // three business days after
        Assert.Equal("Reminder: invoice HF-1", Emails.Last().Subject);
        Assert.Empty(SmsMessages);

        await AdvanceDailyAsync("2026-03-20", "2026-03-23"); // seven days after, on a Monday
        Assert.Equal("Can we help with invoice HF-1?", Emails.Last().Subject);
        Assert.Contains("HF-1", Assert.Single(SmsMessages).Body, StringComparison.Ordinal);

        // Fourteen days after; Britain changed to summer time on 29 March, so 09:00 is 08:00 UTC.
        await AdvanceDailyAsync("2026-03-24", "2026-03-29");
        await AdvanceToAsync("2026-03-30T07:59Z");
        Assert.Equal(3, Emails.Count());
        await AdvanceToAsync("2026-03-30T08:00Z");
        var (firm, copy) = (Emails.ElementAt(3), Emails.ElementAt(4));
        Assert.Contains("HF-1", firm.Subject, StringComparison.Ordinal);
        Assert.Contains("ruth@amberley.example", copy.To[0], StringComparison.Ordinal);
        Assert.Contains("Can we help with invoice HF-1?", copy.Plain!, StringComparison.Ordinal);

        await AdvanceDailyAsync("2026-03-31", "2026-04-07"); // 21 days after is Easter Monday, so the day after it
        Assert.Contains("taskForPerson", await EventsAsync(id));

        await AdvanceDailyAsync("2026-04-08", "2026-04-20"); // 30 days after, approval is requested
        Assert.Equal("needsApproval", await StateAsync(id));
        Assert.DoesNotContain(Emails, mail => mail.Subject.StartsWith("Final", StringComparison.Ordinal));

        await ChangeAsync(id, "resume", new { reason = "approved by Maya" });
        await RunTimersAsync();
        var final = Emails.Single(mail => mail.Subject == "Final reminder: invoice HF-1");
        Assert.Contains("30 April 2026", final.Plain!, StringComparison.Ordinal); // ten days to pay

        await AdvanceDailyAsync("2026-04-21", "2026-05-20");
        Assert.Equal("needsApproval", await StateAsync(id));
        Assert.Equal(
            "Final reminder: invoice HF-1",
            Emails.Last(mail => mail.To[0].Contains("tom@", StringComparison.Ordinal)).Subject
        );
    }

    [Fact]
    public async Task What_was_approved_before_a_dispute_has_to_be_approved_again()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(contacts: _contacts)));
        await AdvanceDailyAsync("2026-04-13", "2026-04-20");
        Assert.Equal("needsApproval", await StateAsync(id));

        await ChangeAsync(id, "resume", new { reason = "approved by Maya" });
        await ChangeAsync(id, "dispute", new { reason = "two hours are wrong" });
        await ChangeAsync(id, "resume", new { reason = "they agree" });
        await AdvanceDailyAsync("2026-04-21", "2026-05-06");

        Assert.Equal("needsApproval", await StateAsync(id));
        Assert.DoesNotContain(Emails, mail => mail.Subject.StartsWith("Final", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_mails_of_a_customer_hang_in_one_thread_and_each_has_its_own_stable_id()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceDailyAsync("2026-03-09", "2026-03-19");
        var mails = Emails.ToList();

        Assert.Equal(2, mails.Count);
        Assert.Equal(mails[0].Headers["In-Reply-To"], mails[1].Headers["In-Reply-To"]);
        Assert.NotEqual(mails[0].Headers["Message-ID"], mails[1].Headers["Message-ID"]);
        Assert.Equal("auto-generated", mails[0].Headers["Auto-Submitted"]);
    }
}
