using Dunning.Configuration;

namespace Dunning.Tests.Configuration;

/// <summary>Settings are written by people: blanks and small letters are not another account.</summary>
public sealed class BankOptionsTests
{
    [Theory]
    [InlineData("gb33 bukb 2020 1555 5555 55", null, null, "GBP", "DE", true)]
    [InlineData("gb33 bukb 2020 1555 5555 55", null, null, "USD", "GB", false)]
    [InlineData("DE89370400440532013000", "usd, eur", null, "USD", "GB", true)]
    [InlineData(null, null, "uk", "GBP", "GB", true)]
    [InlineData(null, null, "gb", "GBP", "DE", false)]
    [InlineData(null, null, null, "MYR", "MY", true)]
    public void An_account_is_offered_for_the_money_and_the_country_that_it_fits(
        string? iban,
        string? currencies,
        string? country,
        string currency,
        string payer,
        bool isOffered
    )
    {
        var bank = new BankOptions
        {
            Iban = iban,
            AccountNumber = iban is null ? "12345678" : null,
            Currencies = currencies,
            Country = country,
        };

        Assert.Equal(isOffered, bank.Takes(currency, payer));
    }

    [Fact]
    public void A_QR_IBAN_with_blanks_takes_a_QR_reference()
    {
        var bank = new BankOptions { Iban = "ch44 3199 9123 0008 8901 2", Reference = "210000000003139471430009017" };

        Assert.Equal("Reference (QR-Referenz)", bank.ToBankTransfer().PaymentReference!.Label("Reference"));
    }
}
