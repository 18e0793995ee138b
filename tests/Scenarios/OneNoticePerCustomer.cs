using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

[Trait("Category", "Long")]
public sealed class OneNoticePerCustomer : Scenario
{
    [Fact]
    public async Task Three_overdue_invoices_are_one_mail_with_all_that_is_owed_in_the_tone_of_the_firmest()
    {
        await PostInvoiceAsync(Invoice("HF-1", "100.00", due: "2026-03-09"));
        await PostInvoiceAsync(Invoice("HF-2", "20.00", due: "2026-03-12"));
        await PostInvoiceAsync(Invoice("HF-3", "3.00", due: "2026-03-06", currency: "EUR"));
        // A week without a scan, so that the steps of all three fall due together.
        await AdvanceToAsync("2026-03-17T09:00Z");

        var mail = Assert.Single(Emails);
        Assert.Equal("Can we help with 3 invoices?", mail.Subject);
        Assert.All(
            ["HF-1", "HF-2", "HF-3", "120.00", "3.00"],
            part => Assert.Contains(part, mail.Plain!, StringComparison.Ordinal)
        );
        await AdvanceDailyAsync("2026-03-18", "2026-03-19");
        Assert.Single(Emails);
    }

    [Fact]
    public async Task When_the_firmest_is_paid_the_tone_falls_to_what_is_left()
    {
        await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-09"));
        await PostInvoiceAsync(Invoice("HF-2", due: "2026-03-12"));
        Host.Clock.SetTo(At("2026-03-17T09:00Z"));
        await PlanAsync();
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();

        Assert.Contains(Emails, mail => mail.Subject == "Reminder: invoice HF-2");
    }

    [Fact]
    public async Task A_disputed_invoice_is_shown_as_disputed_and_not_demanded()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", "100.00", due: "2026-03-09"));
        await PostInvoiceAsync(Invoice("HF-2", "20.00", due: "2026-03-09"));
        await ChangeAsync(id, "dispute", new { reason = "arrived damaged" });

        await AdvanceDailyAsync("2026-03-10", "2026-03-12");

        var mail = Assert.Single(Emails);
        Assert.Equal("Reminder: invoice HF-2", mail.Subject);
        var disputed = mail.Plain!.IndexOf("In dispute", StringComparison.Ordinal);
        Assert.True(disputed > 0 && mail.Plain.IndexOf("HF-1", StringComparison.Ordinal) > disputed, mail.Plain);
        Assert.DoesNotContain("120.00", mail.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoice_that_is_taken_out_of_a_shared_notice_gets_its_step_back()
    {
        var held = await PostInvoiceAsync(Invoice("HF-1", "100.00", due: "2026-03-09"));
        var asked = await PostInvoiceAsync(Invoice("HF-2", "20.00", due: "2026-03-09"));
        Host.Clock.SetTo(At("2026-03-12T09:00Z"));
        await PlanAsync();
        Assert.Equal((await StepAsync(held), true), (await StepAsync(asked), await StepAsync(held) is not null));
        await ChangeAsync(held, "hold", new { reason = "asked for a copy" });
        await Host.PumpAsync();

        Assert.Equal("Reminder: invoice HF-2", Assert.Single(Emails).Subject);
        Assert.Equal((null, true), (await StepAsync(held), await StepAsync(asked) is not null));
    }

    private async Task<string?> StepAsync(string id) =>
        (
            InvoiceId.TryParse(id, out var invoice)
                ? (await Table.ReadInvoiceAsync(invoice, CancellationToken.None))!.Value.Dunning.Step
                : null
        )?.Value;

    [Fact]
    public async Task Forty_invoices_due_at_once_are_still_one_mail()
    {
        for (var i = 0; i < 40; i++)
            await PostInvoiceAsync(Invoice($"HF-{i}", "10.00", due: "2026-03-09"));
        await AdvanceDailyAsync("2026-03-12", "2026-03-14");

        Assert.Contains("400.00", Assert.Single(Emails).Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_customer_is_written_to_in_its_own_morning()
    {
        await PostInvoiceAsync(
            Invoice(
                "HF-MY",
                due: "2026-03-09",
                currency: "MYR",
                customer: Customer("faridah", "akaun@faridah.example", "+60123456789", "Asia/Kuala_Lumpur", "MY")
            )
        );
        await PostInvoiceAsync(
            Invoice(
                "HF-US",
                due: "2026-03-09",
                currency: "USD",
                customer: Customer("greenpoint", "ap@greenpoint.example", zone: "America/New_York", country: "US")
            )
        );

        // From midnight UTC of the step's date, hour by hour.
        for (var hour = 0; hour < 24; hour++)
            await AdvanceToAsync($"2026-03-12T{hour:00}:00Z");

        Assert.Equal(
            At("2026-03-12T01:00Z"),
            Emails.Single(mail => mail.Subject.Contains("HF-MY", StringComparison.Ordinal)).SentAt
        );
        // New York changed to summer time on 8 March: 09:00 is 13:00 UTC.
        Assert.Equal(
            At("2026-03-12T13:00Z"),
            Emails.Single(mail => mail.Subject.Contains("HF-US", StringComparison.Ordinal)).SentAt
        );
    }

    [Fact]
    public async Task A_customer_with_a_phone_and_no_mail_gets_text_messages()
    {
        await PostInvoiceAsync(
            Invoice("HF-1", due: "2026-03-09", customer: Customer("lumen", email: null, phone: "+447700900456"))
        );
        await AdvanceDailyAsync("2026-03-10", "2026-03-12");

        Assert.Empty(Emails);
        Assert.InRange(Assert.Single(SmsMessages).SegmentCount, 1, 2);
    }

    [Fact]
    public async Task An_invoice_without_a_contact_waits_and_gets_reminders_once_there_is_one()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", due: "2026-03-09", customer: Customer("moor", email: null)));
        await AdvanceDailyAsync("2026-03-10", "2026-03-16");
        Assert.Equal("needsContact", await StateAsync(id));

        await PostInvoiceAsync(
            Invoice("HF-2", due: "2026-05-01", customer: Customer("moor", email: "desk@moor.example"))
        );
        await AdvanceToAsync("2026-03-17T09:00Z");

        Assert.Contains("HF-1", Assert.Single(Emails).Subject, StringComparison.Ordinal);
    }
}
