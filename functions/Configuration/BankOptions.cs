using Dunning.Http.Validation;
using Dunning.Receivables;
using Dunning.Receivables.Banking;

namespace Dunning.Configuration;

/// <summary>The creditor's bank account, from the settings <c>Dunning__Bank__*</c>.</summary>
public sealed class BankOptions
{
    [FieldRule(typeof(BankRules), nameof(BankRules.Iban))]
    public string? Iban { get; init; }

    [FieldRule(typeof(BankRules), nameof(BankRules.Bic))]
    public string? Bic { get; init; }

    /// <summary>Of an account without an IBAN.</summary>
    [FieldRule(typeof(BankRules), nameof(BankRules.AccountNumber))]
    public string? AccountNumber { get; init; }

    /// <summary>Sort code, routing number or branch.</summary>
    [FieldRule(typeof(BankRules), nameof(BankRules.BankCode))]
    public string? BankCode { get; init; }

    [TextLine(140)]
    public string? AccountName { get; init; }

    /// <summary>What the customer writes on the transfer; the invoice number when null.</summary>
    [TextLine(140)]
    public string? Reference { get; init; }

    /// <summary>Of an account without an IBAN: ISO 3166-1 alpha-2.</summary>
    [FieldRule(typeof(BankRules), nameof(BankRules.AccountCountry))]
    public string? Country { get; init; }

    /// <summary>
    /// ISO 4217 codes of what the account takes, separated by commas; null for the money of its country.
    /// </summary>
    [FieldRule(typeof(AmountRules), nameof(AmountRules.CurrencyList))]
    public string? Currencies { get; init; }

    /// <summary>Every message asks for it, and the settings do not change.</summary>
    private BankTransfer? _account;

    /// <summary>In the form in which invoices have them, however they are written in the settings.</summary>
    public BankTransfer ToBankTransfer() =>
        _account ??= new(
            Normalize(BankRules.Iban, Iban),
            Normalize(BankRules.Bic, Bic),
            Reference,
            AccountName,
            Normalize(BankRules.AccountNumber, AccountNumber),
            Normalize(BankRules.BankCode, BankCode)
        )
        {
            Country = Normalize(BankRules.AccountCountry, Country),
        };

    /// <summary>
    /// Whether the account can be offered: it takes the money, and an account without an IBAN is one of the customer's
    /// country. What is not known does not prevent it.
    /// </summary>
    /// <param name="country">Of the customer; null where it is not known.</param>
    public bool Takes(string currency, string? country)
    {
        var own = ToBankTransfer().AccountCountry;
        var isAbroad = Iban is null && own is not null && country is not null && own != country[..2];
        var money =
            Normalize(AmountRules.CurrencyList, Currencies)
            ?? (own is null ? null : IbanRules.CurrencyOf(own))
            ?? currency;
        return !isAbroad && money.Split(',').Contains(currency);
    }

    private static string? Normalize(FieldRule<string> rule, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : rule.Check(text).Value ?? text;
}
