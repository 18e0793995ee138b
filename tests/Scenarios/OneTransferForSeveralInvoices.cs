using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// One payment id with several invoices: each event books its part on the invoice that it names, and no part undoes
/// another (shared/fixtures/reports, section 1).
/// </summary>
[Trait("Category", "Long")]
public sealed class OneTransferForSeveralInvoices : Scenario
{
    private int _sent;

    [Theory]
    [InlineData("HF-1", "HF-2")]
    [InlineData("HF-2", "HF-1")]
    public async Task Each_part_is_booked_on_the_invoice_that_it_names(string first, string second)
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await ReceiveAsync("payment.received", "transfer-1", first, "119.00");
        await ReceiveAsync("payment.received", "transfer-1", second, "119.00");

        Assert.Equal(("settled", "settled"), (await StateAsync(one), await StateAsync(two)));
        Assert.Equal(0, await UnmatchedCountAsync());
        await AdvanceDailyAsync("2026-03-16", "2026-04-03");
        Assert.DoesNotContain(Emails, mail => mail.Subject.Contains("remind", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Parts_in_one_second_and_of_one_amount_are_three_parts()
    {
        string[] numbers = ["HF-1", "HF-2", "HF-3"];
        List<string> ids = [];
        foreach (var number in numbers)
            ids.Add(await PostInvoiceAsync(Invoice(number)));
        foreach (var number in numbers)
            await ReceiveAsync("payment.received", "transfer-1", number, "119.00", "2026-03-01T09:00:00Z");
        foreach (var id in ids)
            Assert.Equal("settled", await StateAsync(id));
    }

    [Fact]
    public async Task Invoices_of_two_customers_may_be_paid_by_one_transfer()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        var two = await PostInvoiceAsync(Invoice("HF-2", customer: Customer("beta", "ap@beta.example")));
        await ReceiveAsync("payment.received", "transfer-1", "HF-1", "119.00");
        await ReceiveAsync("payment.received", "transfer-1", "HF-2", "19.00");

        Assert.Equal(("settled", "partPaid"), (await StateAsync(one), await StateAsync(two)));
    }

    [Fact]
    public async Task A_part_can_be_corrected_and_taken_back_without_the_others()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        await ReceiveAsync("payment.received", "transfer-1", "HF-1", "119.00");
        await ReceiveAsync("payment.received", "transfer-1", "HF-2", "119.00");
        await ReceiveAsync("payment.received", "transfer-1", "HF-2", "100.00", "2026-03-02T10:00:00Z");
        Assert.Equal(("settled", "19.00"), (await StateAsync(one), await BalanceAsync(two)));

        await ReceiveAsync("payment.reversed", "transfer-1", "HF-1", "119.00", "2026-03-02T11:00:00Z");
        Assert.Equal(("disputed", "19.00"), (await StateAsync(one), await BalanceAsync(two)));
    }

    [Fact]
    public async Task What_names_only_a_transfer_that_is_booked_on_two_invoices_waits_for_a_person()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2"));
        await ReceiveAsync("payment.received", "transfer-1", "HF-1", "119.00");
        await ReceiveAsync("payment.received", "transfer-1", "HF-2", "119.00");
        await ReceiveAsync("payment.reversed", "transfer-1", null, "238.00", "2026-03-02T11:00:00Z");

        Assert.Equal(1, await UnmatchedCountAsync());
    }

    [Fact]
    public async Task A_part_for_an_invoice_that_comes_later_waits_for_it()
    {
        var one = await PostInvoiceAsync(Invoice("HF-1"));
        await ReceiveAsync("payment.received", "transfer-1", "HF-1", "119.00");
        await ReceiveAsync("payment.received", "transfer-1", "HF-2", "119.00");
        Assert.Equal(("settled", 1), (await StateAsync(one), await UnmatchedCountAsync()));

        var two = await PostInvoiceAsync(Invoice("HF-2"));
        await Host.PumpAsync();
        Assert.Equal(
            ("settled", "settled", 0),
            (await StateAsync(one), await StateAsync(two), await UnmatchedCountAsync())
        );
    }

    [Fact]
    public async Task A_bank_import_may_record_one_id_on_two_invoices()
    {
        var (one, two) = (await PostInvoiceAsync(Invoice("HF-1")), await PostInvoiceAsync(Invoice("HF-2")));
        foreach (var id in new[] { one, two })
        {
            using var answer = await PostAsync(
                $"api/invoices/{id}/payments",
                new
                {
                    amount = "119.00",
                    currency = "GBP",
                    paymentId = "bank-1",
                },
                ("Idempotency-Key", $"key-{id}")
            );
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
        Assert.Equal(("settled", "settled"), (await StateAsync(one), await StateAsync(two)));
    }

    private async Task ReceiveAsync(string type, string payment, string? number, string amount, string? at = null)
    {
        _sent++;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type,
                timestamp = at ?? $"2026-03-01T09:00:{_sent:00}Z",
                data = new
                {
                    invoiceNumber = number,
                    paymentId = payment,
                    amount,
                    currency = "GBP",
                },
            }
        );
        Assert.Equal(200, await DeliverStandardAsync(body, $"msg_{_sent}"));
        await Host.PumpAsync();
    }

    private async Task<int> UnmatchedCountAsync() => JsonElement.Parse(await UnmatchedAsync()).GetArrayLength();
}
