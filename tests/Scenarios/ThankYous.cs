using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

public sealed class ThankYous : Scenario
{
    [Fact]
    public async Task Two_invoices_paid_at_night_are_thanked_for_in_one_mail_next_morning()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", "20.00"));
        await AdvanceToAsync("2026-03-03T20:00Z");
        await StripeAsync(Paid("HF-1", 11900));
        await Host.PumpAsync();
        Host.Clock.Advance(TimeSpan.FromSeconds(50));
        await StripeAsync(Paid("HF-2", 2000));
        await Host.PumpAsync();
        Assert.Empty(Emails);

        await AdvanceToAsync("2026-03-04T08:01Z");

        var mail = Assert.Single(Emails);
        Assert.Equal("Thank you for your payment: 2 invoices", mail.Subject);
        Assert.All(["HF-1", "HF-2", "139.00"], part => Assert.Contains(part, mail.Plain!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_invoices_paid_by_one_transfer_are_thanked_for_in_one_mail()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", "20.00"));
        await AdvanceToAsync("2026-03-03T10:00Z");
        await StripeAsync(Paid("HF-1", 11900));
        await StripeAsync(Paid("HF-2", 2000));
        await Host.PumpAsync();

        Assert.Equal("Thank you for your payment: 2 invoices", Assert.Single(Emails).Subject);
    }

    [Fact]
    public async Task What_the_accounting_tool_reports_as_paid_is_thanked_for_with_the_amount()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceToAsync("2026-03-03T10:00Z");
        var paid = With(Invoice("HF-1", "0.00"), ("status", "paid"));
        await PostInvoiceAsync(paid);
        await PostInvoiceAsync(paid);
        await Host.PumpAsync();

        var mail = Assert.Single(Emails);
        Assert.Equal("Thank you for your payment: invoice HF-1", mail.Subject);
        Assert.Contains("119.00", mail.Plain!, StringComparison.Ordinal);
        Assert.Equal("settled", await StateAsync(id));
    }
}
