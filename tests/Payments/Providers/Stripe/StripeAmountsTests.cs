using static Dunning.Tests.Payments.Providers.Stripe.StripeJson;

namespace Dunning.Tests.Payments.Providers.Stripe;

public sealed class StripeAmountsTests
{
    [Theory]
    [InlineData("jpy", 11900, "11900 JPY")]
    [InlineData("kwd", 11900, "11.900 KWD")]
    [InlineData("isk", 500, "5 ISK")]
    [InlineData("ugx", 500, "5 UGX")]
    [InlineData("mga", 5, "5.00 MGA")]
    [InlineData("HUF", 1045, "10.45 HUF")]
    public void Amounts_are_read_in_Stripes_own_units(string currency, long amount, string money) =>
        Assert.Equal(money, Fact("payment_intent.succeeded", Intent($"{amount}", currency)).Amount.ToString());

    [Theory]
    [InlineData("-1", "eur")]
    [InlineData("1.5", "eur")]
    [InlineData("119.0", "eur")]
    [InlineData("1e3", "eur")]
    [InlineData("\"11900\"", "eur")]
    [InlineData("{}", "eur")]
    [InlineData("null", "eur")]
    [InlineData("1000000000000001", "eur")]
    [InlineData("9223372036854775807", "eur")]
    [InlineData("99999999999999999999", "eur")]
    [InlineData("1000000000000000", "mga")]
    [InlineData("501", "isk")]
    [InlineData("100", "")]
    [InlineData("100", "xyz")]
    public void An_amount_that_cannot_be_booked_is_for_a_person(string amount, string currency)
    {
        var one = Event("payment_intent.succeeded", Intent(amount, currency));

        Assert.NotNull(one.Problem);
        Assert.Empty(one.Changes);
        Assert.Equal("evt_1", one.Id);
    }
}
