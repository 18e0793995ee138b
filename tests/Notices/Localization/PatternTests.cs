using Dunning.Notices.Localization;
using Dunning.Receivables;

namespace Dunning.Tests.Notices.Localization;

public sealed class PatternTests
{
    private static readonly string[] _numbers = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

    private static MoneyPattern Pattern(string pattern, string mark, string group, int minGrouped = 4) =>
        new(pattern, mark, group, minGrouped, new Dictionary<string, string> { ["DKK"] = "kr.", ["EUR"] = "€" });

    [Theory]
    [InlineData(123_456_750, "EUR", "1.234.567,50 €")]
    [InlineData(125_000, "DKK", "1.250,00 kr.")]
    [InlineData(99, "EUR", "0,99 €")]
    [InlineData(-123_450, "EUR", "-1.234,50 €")]
    [InlineData(100_000, "USD", "1.000,00 USD")]
    public void Symbols_and_marks_follow_the_language(long minor, string currency, string expected) =>
        Assert.Equal(expected, Pattern("{number} {unit}", ",", ".").Format(new Money(minor, currency)));

    [Theory]
    [InlineData(100_000, "JPY", "JPY 100,000")]
    [InlineData(5_753, "KWD", "KWD 5.753")]
    [InlineData(73_972_600, "IDR", "IDR 739,726")]
    [InlineData(73_972_603, "IDR", "IDR 739,726.03")]
    public void Decimals_follow_the_currency(long minor, string currency, string expected) =>
        Assert.Equal(expected, Pattern("{unit} {number}", ".", ",").Format(new Money(minor, currency)));

    [Fact]
    public void Spanish_leaves_four_digits_together()
    {
        var spanish = Pattern("{number} {unit}", ",", ".", minGrouped: 5);

        Assert.Equal("1234,50 €", spanish.Format(new Money(123_450, "EUR")));
        Assert.Equal("12.345,00 €", spanish.Format(new Money(1_234_500, "EUR")));
    }

    [Fact]
    public void An_SMS_amount_has_the_ISO_code() =>
        Assert.Equal("119,00 EUR", Pattern("{number} {unit}", ",", ".").FormatWithCode(new Money(11_900, "EUR")));

    [Theory]
    [InlineData("{d} {month} {yyyy}", "5 3 2026")]
    [InlineData("{dd}.{MM}.{yyyy}", "05.03.2026")]
    [InlineData("{d} de {month} de {yyyy}", "5 de 3 de 2026")]
    public void Dates_follow_the_pattern(string pattern, string expected) =>
        Assert.Equal(expected, new DatePattern(pattern, _numbers).Format(new DateOnly(2026, 3, 5)));

    [Fact]
    public void French_writes_the_first_of_a_month_its_own_way()
    {
        var french = new DatePattern("{d} mars {yyyy}", _numbers, "1er");

        Assert.Equal("1er mars 2026", french.Format(new DateOnly(2026, 3, 1)));
        Assert.Equal("2 mars 2026", french.Format(new DateOnly(2026, 3, 2)));
    }
}
