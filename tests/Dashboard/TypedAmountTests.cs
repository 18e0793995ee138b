using Dunning.Html;

namespace Dunning.Tests.Dashboard;

public sealed class TypedAmountTests
{
    [Theory]
    [InlineData("119", "EUR", "119")]
    [InlineData("119.00", "EUR", "119.00")]
    [InlineData("119,5", "EUR", "119.5")]
    [InlineData("1.234,50", "EUR", "1234.50")]
    [InlineData("1,234.50", "USD", "1234.50")]
    [InlineData("1\u202F234,50", "EUR", "1234.50")]
    [InlineData("1.234", "EUR", "1234")]
    [InlineData("1.500.000", "IDR", "1500000")]
    [InlineData("5.753", "KWD", "5.753")]
    [InlineData("5,753", "KWD", "5.753")]
    [InlineData("1,234", "JPY", "1234")]
    [InlineData("ten", "EUR", "ten")]
    [InlineData("", "EUR", "")]
    public void The_marks_of_any_language_are_read(string typed, string currency, string plain) =>
        Assert.Equal(plain, TypedAmount.ToPlain(typed, currency));
}
