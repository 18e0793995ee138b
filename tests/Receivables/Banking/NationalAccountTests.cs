using Dunning.Receivables.Banking;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Receivables.Banking;

public sealed class NationalAccountTests
{
    internal static readonly Dictionary<string, AccountScheme> Schemes = new()
    {
        ["GB-SORT-ACCOUNT"] = AccountScheme.Gb,
        ["US-ABA"] = AccountScheme.Us,
        ["AU-BSB-ACCOUNT"] = AccountScheme.Au,
        ["CA-TRANSIT"] = AccountScheme.Ca,
        ["NO-ACCOUNT"] = AccountScheme.No,
        ["SE-BANKGIRO"] = AccountScheme.Bankgiro,
        ["SE-PLUSGIRO"] = AccountScheme.Plusgiro,
        ["DK-ACCOUNT"] = AccountScheme.Dk,
        ["IN-IFSC"] = AccountScheme.In,
        ["MY-ACCOUNT"] = AccountScheme.My,
        ["ID-ACCOUNT"] = AccountScheme.Id,
        ["IL-ACCOUNT"] = AccountScheme.Il,
        ["RU-BIK-ACCOUNT"] = AccountScheme.Ru,
        ["JP-ZENGIN"] = AccountScheme.Jp,
    };

    public static TheoryData<AccountScheme> AllSchemes => [.. Enum.GetValues<AccountScheme>()];

    public static TheoryData<string, string, bool, string?> Vectors() => BankingVectors.Of(Schemes.Keys);

    [FixtureTheory]
    [MemberData(nameof(Vectors))]
    public void Every_vector_is_judged_and_printed_as_its_country_does(
        string scheme,
        string text,
        bool valid,
        string? formatted
    )
    {
        var account = NationalAccount.Parse(Schemes[scheme], null, text);

        Assert.Equal(valid, account is not null);
        Assert.Equal(formatted, account?.Text);
    }

    [Fact]
    public void Every_scheme_has_vectors() => Assert.Equal(Enum.GetValues<AccountScheme>(), Schemes.Values.Order());

    [Theory]
    [InlineData(AccountScheme.Gb, "202015", "5555 5555", "Sort code: 20-20-15, Account number: 55555555")]
    [InlineData(
        AccountScheme.Us,
        "021000021",
        "000-123-456",
        "Routing number (ABA): 021000021, Account number: 000123456"
    )]
    [InlineData(AccountScheme.Us, null, "0210-0002-1", "Routing number (ABA): 021000021")]
    [InlineData(AccountScheme.Au, "062 000", "12 345 678", "BSB: 062-000, Account number: 12345678")]
    [InlineData(
        AccountScheme.Ca,
        "12345-003",
        "1234567",
        "Transit number: 12345, Institution number: 003, Account number: 1234567"
    )]
    [InlineData(
        AccountScheme.Ca,
        "000312345",
        "1234567",
        "Transit number: 12345, Institution number: 003, Account number: 1234567"
    )]
    [InlineData(AccountScheme.No, "DNB", "8601.11.17947", "Kontonummer: 8601 11 17947")]
    [InlineData(AccountScheme.Bankgiro, "BANKGIRO", "54029681", "Bankgiro: 5402-9681")]
    [InlineData(AccountScheme.Plusgiro, null, "2865434", "Plusgiro: 28 65 43-4")]
    [InlineData(AccountScheme.Dk, "0040", "0440116243", "Reg.nr.: 0040, Kontonr.: 0440116243")]
    [InlineData(AccountScheme.In, "sbin0000300", "12345678901", "IFSC: SBIN0000300, Account number: 12345678901")]
    [InlineData(AccountScheme.My, "Maybank", "512345678901", "Bank: Maybank, No. akaun: 5123 4567 8901")]
    [InlineData(AccountScheme.Id, "BCA 014", "1234567890", "Bank: BCA (014), Nomor rekening: 1234567890")]
    [InlineData(
        AccountScheme.Id,
        "Bank Mandiri (008)",
        "137-00-1234567-8",
        "Bank: Bank Mandiri (008), Nomor rekening: 137-00-1234567-8"
    )]
    [InlineData(AccountScheme.Il, "10-800", "99999999", "בנק: 10, סניף: 800, מספר חשבון: 99999999")]
    [InlineData(AccountScheme.Il, "10", "800-99999999", "בנק: 10, סניף: 800, מספר חשבון: 99999999")]
    [InlineData(
        AccountScheme.Ru,
        "049805746",
        "40602.810.7.00000000025",
        "БИК: 049805746, Счёт №: 40602810700000000025"
    )]
    [InlineData(
        AccountScheme.Jp,
        "0001-123",
        "普通1234567",
        "銀行: みずほ銀行(0001), 支店: 123, 種別: 普通, 口座番号: 1234567"
    )]
    [InlineData(
        AccountScheme.Jp,
        "0033",
        "001 当座 1234567",
        "銀行: 銀行(0033), 支店: 001, 種別: 当座, 口座番号: 1234567"
    )]
    public void An_accounts_parts_have_the_labels_of_its_country(
        AccountScheme scheme,
        string? bankCode,
        string accountNumber,
        string parts
    ) =>
        Assert.Equal(
            parts,
            string.Join(
                ", ",
                NationalAccount.Parse(scheme, bankCode, accountNumber)!.Parts.Select(p => $"{p.Label}: {p.Value}")
            )
        );

    [Theory]
    [InlineData(AccountScheme.Gb, "20-20", "15-55555555")]
    [InlineData(AccountScheme.Gb, null, "08-99-9 966374958")]
    [InlineData(AccountScheme.Gb, null, "55555555")]
    [InlineData(AccountScheme.Gb, "20-20-15", "00000000")]
    [InlineData(AccountScheme.Us, null, "000000000")]
    [InlineData(AccountScheme.Us, "021000021", "123")]
    [InlineData(AccountScheme.Us, "021000021", "123456789012345678")]
    [InlineData(AccountScheme.Au, null, "0620012345678")]
    [InlineData(AccountScheme.No, null, "８６０１１１１７９４７")]
    [InlineData(AccountScheme.Bankgiro, "6000", "160-9908")]
    [InlineData(AccountScheme.Bankgiro, null, "0000000")]
    [InlineData(AccountScheme.Dk, null, "0040٠440116243")]
    [InlineData(AccountScheme.In, "SBIN0000300", "12345678")]
    [InlineData(AccountScheme.In, "\u212AKBK0000300", "123456789")]
    [InlineData(AccountScheme.My, null, "Maybank")]
    [InlineData(AccountScheme.Id, "BCA", "137-00-1234567-8")]
    [InlineData(AccountScheme.Id, "014", "1234567890")]
    [InlineData(AccountScheme.Ru, "049805746", "4060281070000000002")]
    [InlineData(AccountScheme.Jp, "0001-123", "定期 1234567")]
    [InlineData(AccountScheme.Jp, "0001-123", "普通 １２３４５６７")]
    public void Nothing_is_filled_up_or_guessed(AccountScheme scheme, string? bankCode, string accountNumber) =>
        Assert.Null(NationalAccount.Parse(scheme, bankCode, accountNumber));

    [Fact]
    public void The_central_banks_own_clients_are_checked_by_its_region() =>
        // Bank of Russia, instruction 515, example 2.
        Assert.NotNull(NationalAccount.Parse(AccountScheme.Ru, "049805000", "40102810100000010001"));

    /// <summary>Of the Russian BIC, only the last three digits are part of the sum.</summary>
    [Theory]
    [InlineData(AccountScheme.Us, "021000021", 0)]
    [InlineData(AccountScheme.No, "86011117947", 0)]
    [InlineData(AccountScheme.Bankgiro, "54029681", 0)]
    [InlineData(AccountScheme.Plusgiro, "2865434", 0)]
    [InlineData(AccountScheme.Ru, "049805746 40602810700000000025", 6)]
    public void A_single_wrong_digit_is_noticed(AccountScheme scheme, string text, int start)
    {
        Assert.NotNull(NationalAccount.Parse(scheme, null, text));
        Assert.All(
            BankingVectors.WithOneWrongDigit(text, start),
            wrong => Assert.Null(NationalAccount.Parse(scheme, null, wrong))
        );
    }

    [Theory]
    [InlineData(AccountScheme.Gb, "GB", "GBP")]
    [InlineData(AccountScheme.Us, "US", "USD")]
    [InlineData(AccountScheme.Au, "AU", "AUD")]
    [InlineData(AccountScheme.Ca, "CA", "CAD")]
    [InlineData(AccountScheme.No, "NO", "NOK")]
    [InlineData(AccountScheme.Bankgiro, "SE", "SEK")]
    [InlineData(AccountScheme.Plusgiro, "SE", "SEK")]
    [InlineData(AccountScheme.Dk, "DK", "DKK")]
    [InlineData(AccountScheme.In, "IN", "INR")]
    [InlineData(AccountScheme.My, "MY", "MYR")]
    [InlineData(AccountScheme.Id, "ID", "IDR")]
    [InlineData(AccountScheme.Il, "IL", "ILS")]
    [InlineData(AccountScheme.Ru, "RU", "RUB")]
    [InlineData(AccountScheme.Jp, "JP", "JPY")]
    public void An_account_takes_the_money_of_its_country(AccountScheme scheme, string country, string currency)
    {
        Assert.Equal(country, NationalAccount.CountryOf(scheme));
        Assert.Equal(currency, NationalAccount.CurrencyOf(scheme));
    }

    [Theory]
    [MemberData(nameof(AllSchemes))]
    public void Any_text_is_an_account_with_parts_or_none(AccountScheme scheme)
    {
        var random = new Random(20261128);

        for (var round = 0; round < 2_000; round++)
        {
            var bankCode = round % 2 is 0 ? null : BankingVectors.AnyText(random);
            if (NationalAccount.Parse(scheme, bankCode, BankingVectors.AnyText(random)) is { } account)
                Assert.All(account.Parts, part => Assert.Contains(part.Value, account.Text, StringComparison.Ordinal));
        }
    }
}
