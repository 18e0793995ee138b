using Dunning.Receivables;

namespace Dunning.Tests.Receivables;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("119.00", "EUR", 11900)]
    [InlineData("119", "EUR", 11900)]
    [InlineData("119.5", "EUR", 11950)]
    [InlineData("+119.00", "EUR", 11900)]
    [InlineData("-0.05", "EUR", -5)]
    [InlineData("0.00", "EUR", 0)]
    [InlineData("00119.10", "EUR", 11910)]
    [InlineData("1.2300", "EUR", 123)]
    [InlineData("1000.005", "KWD", 1000005)]
    [InlineData("119", "JPY", 119)]
    [InlineData("119.00", "JPY", 119)]
    [InlineData("1.2345", "CLF", 12345)]
    [InlineData("999999999999999.99", "EUR", 99999999999999999)]
    public void A_plain_decimal_is_read_in_minor_units(string text, string currency, long minor)
    {
        Assert.True(Money.TryParse(text, currency, out var money, out _));
        Assert.Equal(new Money(minor, currency), money);
    }

    [Theory]
    [InlineData("1.5", "XYZ", "unknown_currency")]
    [InlineData("1.5", "eur", "unknown_currency")]
    [InlineData("", "EUR", "not_a_decimal")]
    [InlineData("-", "EUR", "not_a_decimal")]
    [InlineData("+-5", "EUR", "not_a_decimal")]
    [InlineData("1e3", "EUR", "not_a_decimal")]
    [InlineData("1,000.00", "EUR", "not_a_decimal")]
    [InlineData("1.2.3", "EUR", "not_a_decimal")]
    [InlineData(" 1", "EUR", "not_a_decimal")]
    [InlineData("١٢", "EUR", "not_a_decimal")]
    [InlineData("NaN", "EUR", "not_a_decimal")]
    [InlineData("1.001", "EUR", "too_many_decimals")]
    [InlineData("1.5", "JPY", "too_many_decimals")]
    [InlineData("1.0005", "KWD", "too_many_decimals")]
    [InlineData("1.00005", "CLF", "too_many_decimals")]
    [InlineData("1000000000000000", "EUR", "too_large")]
    [InlineData("999999999999999.9999", "CLF", "too_large")]
    public void Anything_else_is_refused_with_its_reason(string text, string currency, string code)
    {
        Assert.False(Money.TryParse(text, currency, out var money, out var problem));
        Assert.Equal(code, problem.Code);
        Assert.NotEmpty(problem.Detail);
        Assert.Equal(default, money);
    }

    [Theory]
    [InlineData(11900, "EUR", "119.00 EUR")]
    [InlineData(5, "EUR", "0.05 EUR")]
    [InlineData(-5, "KWD", "-0.005 KWD")]
    [InlineData(0, "JPY", "0 JPY")]
    [InlineData(12345, "CLF", "1.2345 CLF")]
    [InlineData(long.MinValue, "JPY", "-9223372036854775808 JPY")]
    public void It_is_written_with_all_digits_of_its_currency(long minor, string currency, string text) =>
        Assert.Equal(text, new Money(minor, currency).ToString());

    [Fact]
    public void Amounts_are_added_taken_off_and_negated()
    {
        Assert.Equal(Eur(150), Eur(100) + Eur(50));
        Assert.Equal(Eur(-50), Eur(50) - Eur(100));
        Assert.Equal(Eur(-100), -Eur(100));
        Assert.Equal(Eur(100), Money.Max(Eur(100), Eur(50)));
        Assert.Equal(Eur(50), Money.Min(Eur(100), Eur(50)));
        Assert.True(Eur(50) < Eur(100) && Eur(100) >= Eur(100) && !(Eur(50) > Eur(100)) && Eur(50) <= Eur(100));
    }

    [Fact]
    public void An_amount_too_large_to_keep_is_an_error_not_a_wrong_amount()
    {
        Assert.Throws<OverflowException>(() => Eur(long.MaxValue) + Eur(1));
        Assert.Throws<OverflowException>(() => Eur(long.MinValue) - Eur(1));
        Assert.Throws<OverflowException>(() => -Eur(long.MinValue));
    }

    [Fact]
    public void Currencies_are_never_mixed()
    {
        Assert.Throws<InvalidOperationException>(() => Eur(1) + new Money(1, "USD"));
        Assert.Throws<InvalidOperationException>(() => Eur(1) - new Money(1, "USD"));
        Assert.Throws<InvalidOperationException>(() => Eur(1) < new Money(1, "USD"));
        Assert.Throws<InvalidOperationException>(() => Money.Min(Eur(1), new Money(1, "USD")));
        Assert.NotEqual(Eur(1), new Money(1, "USD"));
    }

    private static Money Eur(long minor) => new(minor, "EUR");
}
