using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Discounts for early payment (shared/fixtures/reports, section 11).</summary>
[Trait("Category", "Long")]
public sealed class EarlyPayments : Scenario
{
    [Theory]
    [InlineData("2026-03-16", "98.00", "settled", "0.00")]
    [InlineData("2026-03-17", "98.00", "partPaid", "2.00")]
    [InlineData("2026-03-16", "97.99", "partPaid", "2.01")]
    [InlineData("2026-03-16", "98.50", "settled", "0.00")]
    [InlineData("2026-03-16", "95.00", "partPaid", "5.00")]
    public async Task A_discount_is_earned_by_paying_the_rest_in_time(
        string paidOn,
        string amount,
        string state,
        string balance
    )
    {
        var id = await PostInvoiceAsync(WithDiscount(("2", "2026-03-16")));
        await AdvanceToAsync("2026-03-20T09:00Z");
        await PayAsync(id, amount, paidOn);

        Assert.Equal((state, balance), (await StateAsync(id), await BalanceAsync(id)));
        Assert.Equal(state == "settled", (await EventsAsync(id)).Contains("discountTaken"));
    }

    [Fact]
    public async Task Of_several_discounts_the_one_in_time_counts_and_two_payments_are_one()
    {
        var id = await PostInvoiceAsync(WithDiscount(("3", "2026-03-06"), ("2", "2026-03-16")));
        await AdvanceToAsync("2026-03-20T09:00Z");
        await PayAsync(id, "50.00", "2026-03-05");
        await PayAsync(id, "47.00", "2026-03-10");
        Assert.Equal("3.00", await BalanceAsync(id));

        await PayAsync(id, "1.00", "2026-03-16");
        Assert.Equal("settled", await StateAsync(id));
    }

    [Fact]
    public async Task It_is_told_while_it_can_be_taken_and_not_after()
    {
        await PostInvoiceAsync(WithDiscount(("2", "2026-03-16")));
        await AdvanceDailyAsync("2026-03-03", "2026-03-24");

        var letters = LettersTo("tom@amberley.example");
        Assert.Contains(
            "Early payment: GBP 98.00 is enough if you pay by 16 March 2026",
            letters[0].Plain,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("98.00", letters[^1].Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_payment_is_taken_back_the_discount_is_owed_again()
    {
        var id = await PostInvoiceAsync(WithDiscount(("2", "2026-03-16")));
        await StripeAsync(Paid("HF-1", 98_00));
        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(id));

        await StripeAsync(
            StripeEvent(
                "charge.dispute.funds_withdrawn",
                new
                {
                    id = "dp_1",
                    @object = "dispute",
                    amount = 98_00,
                    currency = "gbp",
                    payment_intent = "pi_HF-1",
                    status = "lost",
                }
            )
        );
        await Host.PumpAsync();

        Assert.Equal("100.00", await BalanceAsync(id));
    }

    [Fact]
    public async Task The_event_says_what_was_let_go_net_and_tax()
    {
        var id = await PostInvoiceAsync(
            With(
                Invoice("HF-1", "1190.00", currency: "EUR", due: "2026-03-30"),
                ("discounts", new[] { new { percent = "5", until = "2026-03-16" } }),
                (
                    "taxes",
                    new[]
                    {
                        new
                        {
                            rate = "19",
                            net = "1000.00",
                            tax = "190.00",
                        },
                    }
                )
            )
        );
        await PayAsync(id, "1130.50", "2026-03-02", "EUR");

        var taken = (await GetInvoiceAsync(id))
            .GetProperty("events")
            .EnumerateArray()
            .Single(e => e.GetProperty("kind").GetString() == "discountTaken");
        Assert.Equal("59.50", taken.GetProperty("amount").GetString());
        Assert.Equal(
            """{"rate":19,"net":"50.00","tax":"9.50"}""",
            JsonSerializer.Serialize(Assert.Single(taken.GetProperty("taxes").EnumerateArray()))
        );
    }

    private static object WithDiscount(params (string Percent, string Until)[] discounts) =>
        With(
            Invoice("HF-1", "100.00", due: "2026-03-19"),
            ("discounts", discounts.Select(d => new { percent = d.Percent, until = d.Until }).ToArray())
        );
}
