using Dunning.Configuration;

namespace Dunning.Tests.Configuration;

public sealed class SmsPriceTests
{
    [Theory]
    [InlineData("GB", "0.0463")]
    [InlineData("GB-NIR", "0.0463")]
    [InlineData("DE", "0.1")]
    [InlineData("US", null)]
    [InlineData(null, null)]
    public void A_price_is_that_of_the_country(string? country, string? price)
    {
        var options = new SmsOptions { Prices = "GB=0.0463 USD, DE=0.1 EUR" };

        Assert.Equal(
            price is null ? null : decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture),
            options.PriceIn(country)?.PerSegment
        );
    }
}
