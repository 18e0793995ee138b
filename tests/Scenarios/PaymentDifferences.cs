using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Payments that name no known invoice, or differ slightly from the amount owed. The policy tolerates five pence.
/// </summary>
public sealed class PaymentDifferences : Scenario
{
    protected override string Policies =>
        """
            [{"name":"default","version":2,"tolerance":{"GBP":"0.05"},"steps":[{"id":"once","days":9,"tone":"friendly","channels":["email"]}]}]
            """;

    [Theory]
    [InlineData(11895, "settled", "0.00")]
    [InlineData(11894, "partPaid", "0.06")]
    public async Task A_shortfall_within_the_tolerance_settles_and_a_larger_one_does_not(
        long minor,
        string state,
        string balance
    )
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", minor));
        await Host.PumpAsync();
        Assert.Equal(
            (state, balance),
            (await StateAsync(id), (await GetInvoiceAsync(id)).GetProperty("balance").GetString())
        );

        // The source does not know of the payment, and sends the invoice unchanged.
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        Assert.Equal(state, await StateAsync(id));
    }

    [Fact]
    public async Task The_tolerance_needs_a_payment() =>
        Assert.Equal("open", await StateAsync(await PostInvoiceAsync(Invoice("HF-1", amount: "0.05"))));

    [Fact]
    public async Task An_overpayment_is_listed_for_a_person_also_after_a_repeated_webhook()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await StripeAsync(Paid("HF-1", 12000));
        await Host.PumpAsync();
        await StripeAsync(Paid("HF-1", 12000));
        await Host.PumpAsync();

        Assert.Equal(
            "invoice HF-1 is overpaid by 1.00 GBP: refund the credit, or settle another invoice with it",
            (await OnlyUnmatchedAsync()).GetProperty("problem").GetString()
        );
    }

    [Fact]
    public async Task A_payment_without_a_known_reference_comes_with_the_invoices_that_owe_just_that()
    {
        var owing = await PostInvoiceAsync(Invoice("HF-1"));
        await PostInvoiceAsync(Invoice("HF-2", amount: "118.00"));
        await StripeAsync(Paid("no such invoice", 11900));
        await Host.PumpAsync();

        var payment = (await OnlyUnmatchedAsync("?suggest=true")).GetProperty("payments")[0];
        Assert.Equal(
            ("119.00", "GBP", "no such invoice"),
            (
                payment.GetProperty("amount").GetString(),
                payment.GetProperty("currency").GetString(),
                payment.GetProperty("references")[0].GetString()
            )
        );
        Assert.Equal(
            owing,
            Assert.Single(payment.GetProperty("suggestions").EnumerateArray()).GetProperty("id").GetString()
        );
        Assert.False((await OnlyUnmatchedAsync()).GetProperty("payments")[0].TryGetProperty("suggestions", out _));
        Assert.Equal("open", await StateAsync(owing));
    }

    private async Task<JsonElement> OnlyUnmatchedAsync(string query = "") =>
        Assert.Single(
            JsonElement.Parse(await Http.GetStringAsync($"api/manage/payments/unmatched{query}")).EnumerateArray()
        );
}
