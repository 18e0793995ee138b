namespace Dunning.Receivables.Banking;

/// <summary>Accounts without an IBAN, by the parts that the payers of a country type into their bank.</summary>
public enum AccountScheme
{
    /// <summary>
    /// United Kingdom, GBP: sort code 6, account number 8. Its modulus check needs Vocalink's tables, which change.
    /// </summary>
    Gb,

    /// <summary>USA, USD: routing number 9 by the weights 3, 7, 1, account number 4 to 17. ABA.</summary>
    Us,

    /// <summary>Australia, AUD: BSB 6, account number 5 to 9, unchecked. AusPayNet.</summary>
    Au,

    /// <summary>Canada, CAD: transit 5, institution 3, account number 7 to 12, unchecked. Payments Canada.</summary>
    Ca,

    /// <summary>Norway, NOK: 11 digits, the last by modulo 11.</summary>
    No,

    /// <summary>Sweden, SEK: 7 or 8 digits, the last by Luhn. Bankgirot.</summary>
    Bankgiro,

    /// <summary>Sweden, SEK: 2 to 8 digits, the last by Luhn. Nordea.</summary>
    Plusgiro,

    /// <summary>Denmark, DKK: registration number 4, account number up to 10, unchecked.</summary>
    Dk,

    /// <summary>
    /// India, INR: IFSC of 4 letters, 0 and 6 letters or digits, account number 9 to 18, unchecked. Reserve Bank of
    /// India.
    /// </summary>
    In,

    /// <summary>Malaysia, MYR: name of the bank, account number 10 to 16, unchecked.</summary>
    My,

    /// <summary>Indonesia, IDR: name of the bank with its code of 3, account number 10 to 16, unchecked.</summary>
    Id,

    /// <summary>Israel, ILS: bank 2, branch 3, account number 4 to 9; each bank has a check of its own.</summary>
    Il,

    /// <summary>
    /// Russia, RUB: BIC (БИК) 9, account 20, whose ninth digit makes the weights 7, 1, 3 add up. Bank of Russia,
    /// instruction 515 of 8 September 1997.
    /// </summary>
    Ru,

    /// <summary>Japan, JPY: bank 4, branch 3, kind of account, account number 7, unchecked. Zengin.</summary>
    Jp,
}
