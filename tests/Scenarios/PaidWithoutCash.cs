using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>£119, settled by credit at the processor as much as by cash (shared/fixtures/reports, section 3).</summary>
[Trait("Category", "Long")]
public sealed class PaidWithoutCash : Scenario
{
    private int _sent;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(8900, 8900)]
    public async Task What_Stripe_calls_paid_is_settled_and_not_asked_for(int due, int paid)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await InvoicePaidAsync(due, paid);

        Assert.Equal(("settled", "0.00"), (await StateAsync(id), await BalanceAsync(id)));
        await AdvanceDailyAsync("2026-03-16", "2026-04-03");
        Assert.DoesNotContain(Emails, mail => mail.Subject.Contains("remind", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Cash_that_also_covers_a_balance_carried_over_is_not_too_much()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await InvoicePaidAsync(13900, 13900);

        Assert.Equal(("settled", "0.00"), (await StateAsync(id), await BalanceAsync(id)));
        Assert.Equal("[]", await UnmatchedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_credit_note_and_what_is_paid_then_settle_it_in_any_order(bool noteFirst)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        if (noteFirst)
            await CreditNoteAsync(1900);
        if (noteFirst)
            Assert.Equal(("partPaid", "100.00"), (await StateAsync(id), await BalanceAsync(id)));
        await InvoicePaidAsync(10000, 10000);
        if (!noteFirst)
            await CreditNoteAsync(1900);

        Assert.Equal(("settled", "0.00"), (await StateAsync(id), await BalanceAsync(id)));
        Assert.Equal("[]", await UnmatchedAsync());
    }

    [Fact]
    public async Task A_credit_note_for_all_of_it_settles_it_without_thanks_for_a_payment()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await CreditNoteAsync(11900);
        await InvoicePaidAsync(0, 0);

        Assert.Equal("settled", await StateAsync(id));
        Assert.Contains("credited", await EventsAsync(id));
    }

    private Task InvoicePaidAsync(int due, int paid) =>
        SendAsync(
            "invoice.paid",
            new
            {
                id = "in_1",
                @object = "invoice",
                number = "HF-1",
                status = "paid",
                currency = "gbp",
                total = 11900,
                amount_due = due,
                amount_paid = paid,
                metadata = new { },
            }
        );

    private Task CreditNoteAsync(int amount) =>
        SendAsync(
            "credit_note.created",
            new
            {
                id = "cn_1",
                @object = "credit_note",
                invoice = new { id = "in_1" },
                status = "issued",
                currency = "gbp",
                amount,
                pre_payment_amount = amount,
                post_payment_amount = 0,
                metadata = new { invoice_number = "HF-1" },
            }
        );

    private async Task SendAsync(string type, object data)
    {
        _sent++;
        await StripeAsync(StripeEvent(type, data, $"evt_{_sent}", 1772442000 + _sent));
        await Host.PumpAsync();
    }
}
