using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Invoices whose money the creditor collects (shared/fixtures/reports, section 5).</summary>
[Trait("Category", "Long")]
public sealed class CollectedInvoices : Scenario
{
    [Theory]
    [InlineData("directDebit")]
    [InlineData("card")]
    [InlineData("autopay")]
    public async Task It_is_announced_and_not_asked_for(string method)
    {
        await PostInvoiceAsync(Collected(method));
        await AdvanceDailyAsync("2026-03-03", "2026-03-17");

        var letter = Assert.Single(Letters);
        Assert.Equal("We will collect EUR 119.00 for invoice HF-1", letter.Subject.Replace('\u00a0', ' '));
        Assert.Contains("Collected on: 16 March 2026", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("Mandate: M-7", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("Creditor identifier: DE98ZZZ09999999999", letter.Plain, StringComparison.Ordinal);
        Assert.Contains("From your account ending in: 3000", letter.Plain, StringComparison.Ordinal);
        Assert.DoesNotContain("Pay by bank transfer", letter.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_debit_that_fails_after_eight_days_is_asked_for_from_the_friendly_reminder_on()
    {
        var id = await PostInvoiceAsync(Collected("directDebit"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-23");
        Assert.Equal("collected", await StateAsync(id));
        Assert.Single(Letters);

        await ReceiveAsync("payment.failed");
        await AdvanceDailyAsync("2026-03-24", "2026-03-26");

        Assert.Contains("collectionFailed", await EventsAsync(id));
        Assert.Equal((2, "Reminder: invoice HF-1"), (Letters.Count, Letters[^1].Subject));
    }

    [Fact]
    public async Task A_debit_that_succeeds_is_thanked_for()
    {
        var id = await PostInvoiceAsync(Collected("directDebit"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-17");
        await ReceiveAsync("payment.received");
        await AdvanceDailyAsync("2026-03-18", "2026-04-02");

        Assert.Equal("settled", await StateAsync(id));
        Assert.Equal(
            ["We will collect EUR 119.00 for invoice HF-1", "Thank you for your payment: invoice HF-1"],
            Letters.Select(letter => letter.Subject.Replace('\u00a0', ' '))
        );
    }

    [Fact]
    public async Task When_nothing_is_heard_a_person_is_asked_and_then_the_customer()
    {
        var id = await PostInvoiceAsync(Collected("directDebit"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-24");

        Assert.Equal("onHold", await StateAsync(id));
        Assert.Contains("taskForPerson", await EventsAsync(id));
        await ChangeAsync(id, "resume", new { });
        await AdvanceDailyAsync("2026-03-25", "2026-03-27");
        Assert.Equal("Reminder: invoice HF-1", Letters[^1].Subject);
    }

    [Fact]
    public async Task A_collected_invoice_is_not_in_the_reminder_of_another_one()
    {
        await PostInvoiceAsync(Collected("directDebit", due: "2026-03-02"));
        await PostInvoiceAsync(Invoice("HF-2", due: "2026-03-02", currency: "EUR"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-05");

        Assert.Equal("Reminder: invoice HF-2", Letters[^1].Subject);
        Assert.DoesNotContain("HF-1", Letters[^1].Plain, StringComparison.Ordinal);
    }

    private IReadOnlyList<(string Subject, string Plain)> Letters => LettersTo("tom@amberley.example");

    private static object Collected(string method, string due = "2026-03-16") =>
        With(
            Invoice("HF-1", due: due, currency: "EUR"),
            (
                "collection",
                new
                {
                    method,
                    mandateId = "M-7",
                    creditorId = "DE98ZZZ09999999999",
                    account = "DE89370400440532013000",
                }
            )
        );

    private async Task ReceiveAsync(string type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type,
                timestamp = Host.Clock.GetUtcNow(),
                data = new
                {
                    invoiceNumber = "HF-1",
                    paymentId = "debit-1",
                    amount = "119.00",
                    currency = "EUR",
                },
            }
        );
        Assert.Equal(200, await DeliverStandardAsync(body, "msg-1"));
        await Host.PumpAsync();
    }
}
