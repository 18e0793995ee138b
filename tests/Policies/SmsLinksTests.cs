using Dunning.Policies;

namespace Dunning.Tests.Policies;

public sealed class SmsLinksTests
{
    [Theory]
    [InlineData("See https://pay.example/1", true)]
    [InlineData("See www.harbour.example", true)]
    [InlineData("Pay at harbour.com.my", true)]
    [InlineData("Call +60 3-1234 5678", true)]
    [InlineData("Call 03 1234 5678", true)]
    [InlineData("Call 1300 88 2525", true)]
    [InlineData("Invoice 2026-000123 of 2026-03-19, MYR 1,030.00", false)]
    [InlineData("Account 512233445566 at Maybank", false)]
    [InlineData("Please pay by 19 March. Thank you!", false)]
    public void A_link_is_an_address_or_a_number_to_call(string text, bool isLink) =>
        Assert.Equal(isLink, SmsLinks.AreIn(text));

    [Theory]
    [InlineData("MY", "+4570123456", true)]
    [InlineData("MY-14", "+60123456789", true)]
    [InlineData("SG", "+60123456789", false)]
    [InlineData(null, "+60123456789", true)]
    [InlineData(null, "+4570123456", false)]
    public void The_country_of_the_customer_counts_before_that_of_the_number(
        string? country,
        string number,
        bool are
    ) => Assert.Equal(are, SmsLinks.AreForbidden(country, number));
}
