using System.ComponentModel.DataAnnotations;
using Dunning.Configuration;
using Dunning.Notices.Sms;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Notices.Sms;

/// <summary>Where text messages are delivered, by the sender of the settings.</summary>
public sealed class SmsCountryTests
{
    [Theory]
    [InlineData("Harbour", "US", false)]
    [InlineData("Harbour", "CA", false)]
    [InlineData("Harbour", "SG", false)]
    [InlineData("Harbour", "IN", false)]
    [InlineData("Harbour", "MY", true)]
    [InlineData("+447700900900", "US", true)]
    [InlineData("+447700900900", "SG", true)]
    [InlineData("MG00000000000000000000000000000000", "US", true)]
    [InlineData("45678", "CA", true)]
    public void Names_do_not_arrive_everywhere(string from, string country, bool isOpen) =>
        Assert.Equal(isOpen, Country(country).IsOpenTo(new SmsOptions { AccountSid = "AC", From = from }));

    [Fact]
    public void A_name_that_is_registered_arrives_and_a_number_of_its_own_replaces_a_name()
    {
        var options = With("Harbour", ("SG", "Harbour", true), ("US", "+15005550006", false));

        Assert.True(Country("SG").IsOpenTo(options));
        Assert.True(Country("US").IsOpenTo(options));
        Assert.Equal("+15005550006", options.SenderFor("US-CA").From);
        Assert.Equal("Harbour", options.SenderFor("GB").From);
        Assert.Equal("Harbour", options.SenderFor(country: null).From);
        Assert.False(Country("SG").IsOpenTo(With("Harbour", ("SG", "Harbour", false))));
    }

    [Fact]
    public void Where_texts_do_not_arrive_the_next_way_is_used()
    {
        var rules = Rules.Default with { CountriesWithoutSms = new HashSet<string> { "SG" } };
        var customer = TestData.Customer() with { Email = null, Phone = "+6581234567", Country = "SG" };

        Assert.Equal([Channel.Call], ContactChannels.WaysTo(customer, NoticeTone.Friendly, rules));
        Assert.Equal(
            [Channel.Sms, Channel.Call],
            ContactChannels.WaysTo(customer with { Country = "GB" }, NoticeTone.Friendly, rules)
        );
    }

    [Theory]
    [InlineData("SG=Alert", "generic_name")]
    [InlineData("US=Harbour", "name_not_delivered")]
    [InlineData("SG=a name that is too long", "not_a_sender")]
    [InlineData("SG", "not_a_sender")]
    [InlineData("Singapore=Harbour", "not_a_country")]
    [InlineData("SG=Harbour registered, US=+15005550006", null)]
    public void A_list_of_senders_that_would_not_arrive_is_refused(string senders, string? code) =>
        Assert.Equal(code, SmsSenderOptions.MistakeIn(senders)?.Code);

    [Fact]
    public void A_name_of_nobody_is_refused() =>
        Assert.Contains(
            "your firm",
            Assert.Single(Generic.Validate(new ValidationContext(Generic))).ErrorMessage!,
            StringComparison.Ordinal
        );

    private static SmsOptions Generic => new() { From = "Info" };

    private static SmsCountry Country(string code) => SmsCountry.All.Single(country => country.Code == code);

    private static SmsOptions With(string from, params (string Country, string From, bool Registered)[] senders) =>
        new()
        {
            AccountSid = "AC",
            From = from,
            Senders = string.Join(
                ", ",
                senders.Select(sender => $"{sender.Country}={sender.From}{(sender.Registered ? " registered" : "")}")
            ),
        };
}
